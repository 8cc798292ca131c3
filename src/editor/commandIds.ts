/** Every command of the extension. The manifest contributes exactly these; a test compares the two. */
export const commandIds = {
  send: "awsreq.send",
  sendAgain: "awsreq.sendAgain",
  cancel: "awsreq.cancel",
  explainSignature: "awsreq.explainSignature",
  copyCanonicalRequest: "awsreq.copyCanonicalRequest",
  copyPolicy: "awsreq.copyPolicy",
  useMachineClock: "awsreq.useMachineClock",
  diagnoseResponse: "awsreq.diagnoseResponse",
  sendAs: "awsreq.sendAs",
  switchProfile: "awsreq.switchProfile",
  whoAmI: "awsreq.whoAmI",
  selectEnvironment: "awsreq.selectEnvironment",
  tryWithoutAws: "awsreq.tryWithoutAws",
  useForHttpFiles: "awsreq.useForHttpFiles",
  showLog: "awsreq.showLog",
  approvals: "awsreq.approvals",
  forgetApprovals: "awsreq.forgetApprovals",
} as const;

/** Commands behind quick fixes. They need a place in a document, so the manifest contributes none of them. */
export const fixCommandIds = {
  moveKeysToProfile: "awsreq.moveKeysToProfile",
  moveKeyToEnvironment: "awsreq.moveKeyToEnvironment",
} as const;

export type CommandName = keyof typeof commandIds | keyof typeof fixCommandIds;
