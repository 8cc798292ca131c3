import assert from "node:assert/strict";
import { signerPreview } from "../../../src/editor/trips/signerPreview.ts";
import { noFolderVoices } from "../../../src/identity/choice/folderVoices.ts";
import { noFiles } from "../../../src/identity/choice/signerChoice.ts";
import { noEnvironment } from "../../../src/request/environments.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import type { RequestFile, VariableDefinition } from "../../../src/stages.ts";
import { inputFor } from "../trips/tripWorld.ts";

const around = { environment: noEnvironment, folderVoices: noFolderVoices, config: noFiles, error: null };

/** The same file, which counts how often the variables of its requests are asked for. */
function counted(file: RequestFile): { readonly file: RequestFile; readonly asked: () => number } {
  let asked = 0;
  const requests = file.requests.map(({ variables, ...request }) => ({
    ...request,
    get variables(): readonly VariableDefinition[] {
      asked += 1;
      return variables;
    },
  }));
  return { file: { ...file, requests }, asked: () => asked };
}

/** How often they are asked for when every request of a file is previewed. */
async function askedFor(count: number): Promise<number> {
  const text = Array.from(
    { length: count },
    (_, index) =>
      `### ${index}\n@v${index} = eu-west-1\n# @region {{v${index}}}\n# @service s3\nGET https://a.example\n`,
  ).join("");
  const { file, asked } = counted(parseRequestFile(text));
  for (const block of file.requests) {
    const { signer, error } = await signerPreview(file, block, inputFor(text, "/nowhere"), around, {});
    assert.equal(error, null);
    assert.equal(signer?.region?.value, "eu-west-1");
  }
  return asked();
}

describe("previews of all requests of a file", () => {
  it("look at the variables of each request a few times, however many requests there are", async () => {
    const [few, many] = [await askedFor(10), await askedFor(100)];
    assert.ok(many <= 10 * few, `${few} times for 10, ${many} for 100`);
  });
});
