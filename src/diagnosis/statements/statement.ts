/** The least statement of a policy that allows a request. */
export interface IamStatement {
  readonly Effect: "Allow";
  /** Whom it allows: in a resource's policy alone, which is refused without it. */
  readonly Principal?: { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Allows one action, or several, on one resource, or several. */
export function allow(Action: IamStatement["Action"], Resource: IamStatement["Resource"]): IamStatement {
  return { Effect: "Allow", Action, Resource };
}

/** The same in the resource's own policy. */
export function allowedTo(
  principal: NonNullable<IamStatement["Principal"]>,
  { Effect, Action, Resource }: IamStatement,
): IamStatement {
  return { Effect, Principal: principal, Action, Resource };
}
