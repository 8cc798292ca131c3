/** The least statement of a policy that allows a request. */
export interface IamStatement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Allows one action, or several, on one resource, or several. */
export function allow(Action: IamStatement["Action"], Resource: IamStatement["Resource"]): IamStatement {
  return { Effect: "Allow", Action, Resource };
}
