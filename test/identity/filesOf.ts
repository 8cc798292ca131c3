import type { AwsFiles } from "../../src/identity/files/awsFiles.ts";
import { parseIni } from "../../src/identity/files/iniFile.ts";
import {
  mergedSections,
  sectionsOfConfig,
  sectionsOfCredentials,
} from "../../src/identity/files/profileSections.ts";
import type { PlanContext } from "../../src/identity/plan/roleStep.ts";

/** The two shared files from their texts, as they are read from a home directory. */
export function filesOf(config: string, credentials = "", untrusted = false): AwsFiles {
  return {
    files: [
      { kind: "config", variable: "AWS_CONFIG_FILE", path: "~/.aws/config", found: true },
      {
        kind: "credentials",
        variable: "AWS_SHARED_CREDENTIALS_FILE",
        path: "~/.aws/credentials",
        found: true,
      },
    ],
    ...mergedSections(
      sectionsOfConfig({ ini: parseIni(config, "~/.aws/config"), untrusted }),
      sectionsOfCredentials({ ini: parseIni(credentials, "~/.aws/credentials"), untrusted }),
    ),
  };
}

/** A plan's context from the texts of the files. */
export function contextOf(config: string, credentials = "", changes: Partial<PlanContext> = {}): PlanContext {
  return { files: filesOf(config, credentials), env: {}, region: null, metadata: false, ...changes };
}
