/** What the person is told to do, for each reason that the advisor gives for a refusal. */
export const REASONS = {
  "reading-low": "Your glucose is low. Treat it first, then measure again.",
  "reading-old": "Your reading is more than 10 minutes old. Measure again.",
  "reading-ahead": "The clocks of meter and advisor differ. Set them, then measure again.",
  "reading-implausible": "The reading is not plausible. Wash your hands and measure again.",
  "carbohydrates-implausible": "Carbohydrates must be 0 to 200 g. Enter them again.",
  "record-damaged": "The meter's record was damaged on its way. Send it again.",
  "record-control-solution": "That was a test with control solution. Measure blood.",
  "settings-refused": "Your settings are incomplete or unsafe. Ask your care team.",
  "history-inconsistent": "Your recorded doses cannot be right. Work out your dose as you were taught.",
};
