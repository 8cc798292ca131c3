/** Every command of the extension. The manifest contributes exactly these; a test compares the two. */
export const commandIds = {
  send: "awsreq.send",
  sendAgain: "awsreq.sendAgain",
  cancel: "awsreq.cancel",
  explainSignature: "awsreq.explainSignature",
  copyCanonicalRequest: "awsreq.copyCanonicalRequest",
  switchProfile: "awsreq.switchProfile",
  selectEnvironment: "awsreq.selectEnvironment",
  tryWithoutAws: "awsreq.tryWithoutAws",
  showLog: "awsreq.showLog",
  forgetApprovals: "awsreq.forgetApprovals",
} as const;

export type CommandName = keyof typeof commandIds;
export type CommandId = (typeof commandIds)[CommandName];
