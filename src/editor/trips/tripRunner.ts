/** Everything that the first send loads: a bundle of its own, so that activation reads none of it. */

import { createCredentialCache } from "../../identity/credentialCache.ts";
import { awsFilePath } from "../../identity/files/awsFiles.ts";
import { thisMachine } from "../../machine.ts";
import { approvalText } from "../../shown/approvalText.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import { keyMoves } from "../keys/keyMoves.ts";
import { bodyContent, savedName } from "./bodyContent.ts";
import { bugView } from "./bugView.ts";
import { calledTrip, isCallerUnknown } from "./calledTrip.ts";
import { capturePage, hasSignature } from "./capturePage.ts";
import { clearBodies } from "./clearBodies.ts";
import { canonicalRequestText, copiedText } from "./copiedText.ts";
import { editorDiagnosis } from "./diagnosisView.ts";
import { editorChecks } from "./editorChecks.ts";
import { makeTrip } from "./editorTrip.ts";
import { editorWhoAmI } from "./editorWhoAmI.ts";
import { environmentOf } from "./folderFiles.ts";
import { startLocalEndpoint } from "./localEndpoint.ts";
import { logLine } from "./logLine.ts";
import { pickableProfiles } from "./pickableProfiles.ts";
import { policyText } from "./policyText.ts";
import { typedHead } from "./requestHead.ts";
import { afterAdvance, afterPreparing, afterTransfer, begun, sendingView } from "./sendingView.ts";
import { tripView } from "./tripView.ts";
import { undecidedLines } from "./undecidedLines.ts";
import { writeBody } from "./writeBody.ts";

/** What the editor's commands ask of the core. */
export const tripRunner = {
  thisMachine,
  createCredentialCache,
  makeTrip,
  environmentOf,
  undecidedLines,
  progress: { begun, afterPreparing, afterAdvance, afterTransfer },
  typedHead,
  sendingView,
  tripView,
  editorDiagnosis,
  editorChecks,
  redactorOf,
  approvalText,
  bugView,
  copiedText,
  canonicalRequestText,
  policyText,
  capturePage,
  hasSignature,
  clearBodyStorage: clearBodies,
  bodyContent,
  savedName,
  writeBody,
  logLine,
  awsFilePath,
  pickableProfiles,
  editorWhoAmI,
  isCallerUnknown,
  calledTrip,
  startLocalEndpoint,
  keyMoves,
} as const;

type Functions = typeof tripRunner;

/** The same, as a shape. */
export interface TripFunctions extends Functions {}
