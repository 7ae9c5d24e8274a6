// A bare theme, for the benchmark of building: the same pages as ours, without navigation, search or scripts.

const escaped = (text) =>
  String(text ?? "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = ({ title, description, content, page: { url } }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)} · Benchmark</title>
<meta name="description" content="${escaped(description)}">
<link rel="canonical" href="http://127.0.0.1:8000${url}">
</head>
<body>
<header><a href="/">Benchmark</a></header>
<main data-pagefind-body>
${content}
</main>
</body>
</html>
`;

// A link to a .md file is one to its page, one folder further up since each page is a folder's index.
const toPage = (link, file) => {
  if (!link.includes(".md") || link.includes(":")) return link;
  return (file.endsWith("/index.md") ? "" : "../") + link.replace("index.md", "").replace(".md", "/");
};

export default (config) => {
  config.setUseGitIgnore(false);
  config.addGlobalData("layout", "page.11ty.js");
  config.addTemplate("_includes/page.11ty.js", page);
  config.amendLibrary("md", (markdown) => {
    markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
      tokens[at].attrSet("href", toPage(tokens[at].attrGet("href"), env.page.inputPath));
      return self.renderToken(tokens, at, options);
    };
  });
  return { markdownTemplateEngine: false, dir: { input: "docs", output: "site" } };
};
