// What html-validate asks of every page of a built site: all that it recommends, but for these.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // All that a page loads comes from its own site, so that a hash would guard nothing.
    "require-sri": "off",
    // Templates leave empty lines, which are no fault of HTML.
    "no-trailing-whitespace": "off",
    // A title is an article's own, which may be long, with the name of the site.
    "long-title": "off",
    // Ids that begin with __ are the theme's: no heading's id does.
    "valid-id": ["error", { relaxed: true }],
  },
}
