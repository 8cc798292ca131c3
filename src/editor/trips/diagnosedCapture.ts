import type { Finding } from "../../diagnosis/diagnose.ts";
import { inertText } from "../../guard/terminalText.ts";
import { loadDoctor } from "../../loadDoctor.ts";
import { redactedFinding } from "../../shown/redactedFinding.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";

/** Answers that are told of: a HAR may have thousands. */
const most = 20;

/** Readings of one answer that are told. */
const mostFindings = 3;

/** Why answers that came from elsewhere are refusals, as a page of Markdown; null when nothing can be read. */
export async function diagnosedCapture(text: string): Promise<string | null> {
  const { readCapture, diagnose } = await loadDoctor();
  const inputs = readCapture(text);
  if (inputs.every((input) => input === null)) return null;
  const redactor = redactorOf({ identity: null });
  const refused = inputs
    .map((input) => (input === null ? [] : diagnose(input)))
    .map((findings) => findings.map((finding) => redactedFinding(finding, redactor)))
    .flatMap((findings, index) => (findings.length === 0 ? [] : [{ findings, number: index + 1 }]));
  if (refused.length === 0) return `# Diagnosis\n\nNothing here says that AWS refused the request.\n`;
  const several = inputs.length > 1;
  const left = refused.length - most;
  return [
    ...refused
      .slice(0, most)
      .map(({ findings, number }) => page(several ? `Answer ${number}` : "Diagnosis", findings)),
    ...(left > 0 ? [`${left} more were refused.`] : []),
  ].join("\n");
}

function page(title: string, findings: readonly Finding[]): string {
  return [`# ${title}`, ...findings.slice(0, mostFindings).map(section), ""].join("\n\n");
}

function section({ cause, certainty, title, detail, evidence, fixes }: Finding): string {
  const lines = [
    `## ${escaped(title)}`,
    `*${certainty}* (\`${cause}\`)`,
    ...(detail === `${title}.` ? [] : [escaped(detail)]),
    ["Because:", ...evidence.map((text) => `- ${escaped(text)}`)].join("\n"),
  ];
  for (const fix of fixes) {
    if (fix.kind === "copy") lines.push(`\`\`\`json\n${fix.text}\n\`\`\``);
    else if (fix.kind === "link") lines.push(`[${fix.title}](${fix.url})`);
    else if (fix.kind === "advice") lines.push(`→ ${escaped(fix.title)}`);
  }
  return lines.join("\n\n");
}

/** An answer's words are words, never Markdown, and have no control characters. */
function escaped(text: string): string {
  return inertText(text).replace(/[\\`*_{}[\]()<>#!|~]/g, "\\$&");
}
