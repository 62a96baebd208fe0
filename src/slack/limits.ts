/**
 * Slack's limits as numbers: characters (UTF-16 units, never fewer than Slack counts), items or bytes. Looked up on 2026-11-28 in
 * the Block Kit reference (https://docs.slack.dev/reference/block-kit), the doc comments of @slack/types 3.2, the validators of
 * python-slack-sdk 3.43 (slack_sdk/models/blocks) and slackblocks' specification 1.2.0 (spec/limits.json). Where sources differ, the smaller number,
 * but for what the reference itself says.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** block_id, action_id, callback_id. */
  id: 255,
  header: 150,
  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  accessibilityLabel: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  optionText: 75,
  /** 150 by python-slack-sdk (`value_max_length`) and slackblocks; 75, as @slack/types 3.2 still says, is out of date. */
  optionValue: 150,
  optionDescription: 75,
  selectOptions: 100,
  optionGroups: 100,
  groupLabel: 75,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholder: 150,
  inputLength: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  altText: 2000,
  imageTitle: 2000,
  /** https://docs.slack.dev/reference/block-kit/blocks/table-block; one table a message is in doubt: the strict reading. */
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  tables: 1,
  viewTitle: 24,
  privateMetadata: 3000,
  viewBytes: 250_000,
  /** Documented nowhere: about 13,200 in bolt-js#2509, 13,202 measured in metabase#79908. A margin, since nobody says what counts. */
  messageBlockText: 13_000,
  /** https://docs.slack.dev/reference/methods/chat.update; chat.postMessage takes more and cuts it off without a word. */
  messageText: 4000,
} as const;
