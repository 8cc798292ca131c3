/** A request file of so many requests, about 200 bytes each: directives, headers, bodies, variables of the file. */
export function requestText(count: number): string {
  const variables = Array.from(
    { length: Math.ceil(count / 10) },
    (_, index) => `@stage${index} = stage-${index}`,
  );
  const requests = Array.from({ length: count }, (_, index) => requestOf(index));
  return `# @profile dev\n@api = https://abc.execute-api.eu-west-1.amazonaws.com/prod\n${variables.join("\n")}\n\n${requests.join("\n")}`;
}

function requestOf(index: number): string {
  const variable = `{{stage${Math.floor(index / 10)}}}`;
  if (index % 2 === 0)
    return `### Read pet ${index}\n# what a reader should know of this request\nGET {{api}}/${variable}/pets/${index}?limit=20&sort=name\nAccept: application/json\nX-Correlation-Id: correlation-${index}\n`;
  return `### Create pet ${index}\nPOST {{api}}/${variable}/pets\nContent-Type: application/json\n\n{\n  "name": "pet number ${index}",\n  "owner": { "name": "Anna", "stage": "${variable}" },\n  "tags": ["small", "shy"]\n}\n`;
}
