import type { Finding } from "../../diagnosis/diagnose.ts";
import { inertText } from "../../guard/terminalText.ts";
import { loadDoctor } from "../../loadDoctor.ts";
import type { Machine } from "../../machine.ts";
import { redactedFinding } from "../../shown/redactedFinding.ts";
import { identityRedactor } from "../../shown/tripRedactor.ts";
import { signatureClaim } from "../../signing/reenact.ts";
import type { Identity } from "../../stages.ts";
import { diagnosedCapture } from "../../trip/diagnosedCapture.ts";
import { verifyingIdentity } from "../../trip/verifyCapture.ts";
import { choicesOf } from "./editorChoices.ts";
import { type EditorEffects, tripEffects } from "./editorTrip.ts";
import { folderVoicesOf } from "./folderFiles.ts";
import type { TripInput } from "./tripInput.ts";

/** Answers that are told of: a HAR may have thousands. */
const most = 20;

/** Readings of one answer that are told. */
const mostFindings = 3;

/** Who is to sign captured requests again: a profile's name, and what getting its credentials takes. */
export interface SigningAgain {
  readonly profile: string;
  readonly input: TripInput;
  readonly machine: Machine;
  readonly effects: EditorEffects;
}

/** True when some request of a capture has a signature that a profile could be held against. */
export async function hasSignature(text: string): Promise<boolean> {
  const { readCapturedRequests } = await loadDoctor();
  return readCapturedRequests(text).some((request) => request !== null && signatureClaim(request) !== null);
}

/**
 * Why answers that came from elsewhere are refusals, as a page of Markdown; null when nothing can be read.
 * @throws UserError what getting the credentials throws
 */
export async function capturePage(text: string, again: SigningAgain | null): Promise<string | null> {
  const identity = again === null ? null : await identityOf(again);
  const answers = await diagnosedCapture(text, identity);
  if (answers === null) return null;
  const redactor = identityRedactor(identity);
  const told = answers.flatMap(({ findings, verification, unread }, index) =>
    findings.length === 0 && verification === null && unread === null
      ? []
      : [
          {
            number: index + 1,
            findings: findings.map((finding) => redactedFinding(finding, redactor)),
            notes: [verification?.text ?? null, unread]
              .filter((note) => note !== null)
              .map((note) => redactor.text(note)),
          },
        ],
  );
  if (told.length === 0) return "# Diagnosis\n\nNothing here says that AWS refused the request.\n";
  const several = answers.length > 1;
  const left = told.length - most;
  return [
    ...told
      .slice(0, most)
      .map(({ number, findings, notes }) =>
        page(several ? `Answer ${number}` : "Diagnosis", findings, notes),
      ),
    ...(left > 0 ? [`${left} more were refused.`] : []),
  ].join("\n");
}

async function identityOf({ profile, input, machine, effects }: SigningAgain): Promise<Identity> {
  const voices = await folderVoicesOf(input, machine);
  const choices = { ...choicesOf(input, voices), profile };
  return verifyingIdentity(choices, tripEffects(input, machine, effects));
}

function page(title: string, findings: readonly Finding[], notes: readonly string[]): string {
  return [`# ${title}`, ...notes.map(escaped), ...findings.slice(0, mostFindings).map(section), ""].join(
    "\n\n",
  );
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
