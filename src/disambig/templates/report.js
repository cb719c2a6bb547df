"use strict";
// The page is whole without this script. It shows one article at a time, tells of the mention that is chosen, and filters mentions.
document.documentElement.classList.add("js");

const SHOWN_AT_ONCE = 100; // rows of a list; more on request
const IN_BRIEF = 3; // candidates of a mention in a list
const MOVED = 0.005; // log-odds; what would be shown as 0.00 moved nothing
const SLIGHTLY = 0.5; // log-odds: odds times 1.6
const STRONGLY = 1.5; // log-odds: odds times 4.5
const CONTROL = /([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb])/; // as in report.py
const SIGNS = { for: "▲", against: "▼", neutral: "=", missing: "∅" };
const WORDS = { for: "for", against: "against", neutral: "neutral", missing: "nothing to compare" };

const element = (id) => document.getElementById(id);
const root = document.documentElement.classList;

// -- making elements

function make(kind, attributes = {}, ...children) {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "boolean") made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children.flat());
  return made;
}

/** A text as nodes, with what nobody would see shown by its number. */
function visible(text) {
  return text.split(CONTROL).map((part, place) => {
    if (place % 2 === 0) return part;
    return make("span", { class: "control" }, `U+${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  });
}

const tag = (outcome) => make("span", { class: `tag ${outcome}` }, outcome);

function percent(probability) {
  if (probability < 0.01) return "<1 %";
  if (probability > 0.99) return ">99 %";
  return `${Math.round(100 * probability)} %`;
}

function signed(number) {
  return Math.abs(number) < MOVED ? "0.00" : `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;
}

// -- what is known of an article

const read = new Map();

/** The mentions of an article with their people, words and evidence, read from its JSON once. */
function dataOf(article) {
  if (!read.has(article)) {
    const data = JSON.parse(element(`e${article}`).textContent);
    const names = data.people.map(([, name]) => name);
    // as in report.py: the id stands where two have one name
    data.called = data.people.map(([id, name]) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${id})`));
    read.set(article, data);
  }
  return read.get(article);
}

/** What a piece of evidence says: [feature, because] had nothing to compare, else there are a value and a share. */
function unpacked([feature, because, value, share], words) {
  const says = value === undefined ? "missing" : value === 0 ? "neutral" : value > 0 ? "for" : "against";
  return { feature: words[feature], because: words[because], says, share: share ?? 0 };
}

function verdictsOf(data, mention) {
  return mention.verdicts.map(([person, probability, items]) => {
    const [id, , about] = person === null ? ["", "", ""] : data.people[person];
    const name = person === null ? "Nobody in the knowledge base" : data.called[person];
    return { id, name, about, probability, evidence: items.map((item) => unpacked(data.evidence[item], data.words)) };
  });
}

// -- the panel

function tell(article, number) {
  const data = dataOf(article);
  const mention = data.mentions[number];
  const verdicts = verdictsOf(data, mention);
  const panel = element("panel");
  panel.replaceChildren(
    heading(mention),
    ...verdictInWords(data, mention, verdicts[0]),
    sentenceOf(data, mention),
    ...claimsOf(data, mention),
    ...(verdicts.length > 1 ? comparison(verdicts) : [onlyNobody()]),
    onward(`a${article}m${number}`),
  );
  panel.scrollTop = 0;
  root.add("telling");
  for (const chosen of document.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
  const anchor = element(`a${article}m${number}`);
  for (const piece of document.querySelectorAll(`#a${article} .m[href="#${anchor.id}"]`)) piece.classList.add("chosen");
}

function heading(mention) {
  const close = make("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", closePanel);
  return make("div", { class: "top" }, make("h2", { tabindex: "-1" }, visible(mention.name)), tag(mention.outcome), close);
}

function verdictInWords(data, mention, best) {
  const known = mention.person === null ? "" : data.called[mention.person];
  const certainty = mention.verdicts.length > 1 ? `, ${percent(best.probability)}` : "";
  const who = {
    resolved: `${known}${certainty}`,
    unknown: `Nobody in the knowledge base${certainty}`,
    ambiguous: "The text does not tell who this is",
    contested: known ? `Who used the name meant ${known}` : "Those who speak in the article disagree",
  };
  const lines = [make("p", { class: "who" }, visible(who[mention.outcome]))];
  const about = [mention.title && `Introduced as “${mention.title}”`, chainOf(data, mention)].filter(Boolean).join(". ");
  if (about) lines.push(make("p", { class: "gloss" }, visible(about)));
  return lines;
}

function chainOf(data, mention) {
  const chain = data.words[mention.chain];
  return chain === mention.name ? "" : `Read together with “${chain}”`;
}

function sentenceOf(data, mention) {
  const sentence = data.words[mention.sentence];
  const parts = sentence.split(mention.name);
  // a name that stands twice in its sentence is not marked: it would be a guess which of the two is meant
  const nodes = parts.length === 2 ? [visible(parts[0]), make("b", {}, visible(mention.name)), visible(parts[1])].flat() : visible(sentence);
  return make("blockquote", {}, nodes);
}

function claimsOf(data, mention) {
  if (!mention.claims) return [];
  const rows = mention.claims.map((claim) =>
    make(
      "li",
      {},
      make("b", {}, visible(claim.who)), ` ${claim.says} `, make("b", {}, visible(data.called[claim.person])),
      make("span", { class: "gloss" }, visible(`“${claim.cue}”, in: ${data.words[claim.sentence]}`)),
    ),
  );
  return [make("h3", {}, "Who says whom the name means"), make("ul", { class: "claims" }, rows)];
}

function onlyNobody() {
  return make("p", { class: "note" }, "Nobody in the knowledge base has a name like this, so there was nobody to compare.");
}

/** The candidates, of which one may be chosen to be compared with the first, and what moved the odds between the two. */
function comparison(verdicts) {
  const told = make("div", {});
  const compare = (rival) => told.replaceChildren(...waterfall(verdicts[0], verdicts[rival]));
  const rows = verdicts.map((verdict, place) => {
    const choice = place > 0 ? make("input", { type: "radio", name: "rival", checked: place === 1 }) : "";
    if (choice) choice.addEventListener("change", () => compare(place));
    const rank = ["most probable", "runner-up"][place];
    return make(
      place > 0 ? "label" : "div",
      { class: "candidate" },
      choice || make("span", {}),
      make("span", {}, make("b", {}, visible(verdict.name)), rank ? make("span", { class: "rank" }, ` ${rank}`) : ""),
      make("span", { class: "value" }, percent(verdict.probability)),
      bar(verdict.probability),
      make("span", { class: "gloss" }, visible([verdict.about, verdict.name.endsWith(`(${verdict.id})`) ? "" : verdict.id].filter(Boolean).join(" · "))),
    );
  });
  compare(1);
  const legend = verdicts.length > 2 ? "Candidates; choose whom to compare with the first" : "Candidates";
  return [make("fieldset", {}, make("legend", {}, make("h3", {}, legend)), rows), told];
}

function bar(share) {
  const inner = make("i");
  inner.style.width = `${100 * share}%`;
  return make("div", { class: "bar" }, inner);
}

/** Every piece of evidence on the two, those that moved the odds between them first, the furthest first. */
function pairs(first, second) {
  const features = [...new Set([...first.evidence, ...second.evidence].map((item) => item.feature))];
  return features.map((feature) => {
    const said = [first, second].map((verdict) => ({ of: verdict, item: verdict.evidence.find((item) => item.feature === feature) }));
    const present = said.filter(({ item }) => item);
    const move = (said[0].item?.share ?? 0) - (said[1].item?.share ?? 0);
    const says = present.map(({ item }) => item.says);
    const kind =
      Math.abs(move) >= MOVED ? "moved"
      : says.some((one) => one === "for" || one === "against") ? "alike"
      : says.includes("neutral") ? "neutral"
      : "missing";
    return { feature, said: present, move, kind };
  });
}

function waterfall(first, second) {
  const all = pairs(first, second);
  const moved = all.filter(({ kind }) => kind === "moved").sort((one, other) => Math.abs(other.move) - Math.abs(one.move));
  const total = moved.reduce((sum, { move }) => sum + move, 0);
  const stops = moved.reduce((run, { move }) => [...run, run.at(-1) + move], [0]);
  const scale = { low: Math.min(...stops), high: Math.max(...stops) };
  const steps = moved.map((pair, place) => step(pair, stops[place], stops[place + 1], scale, [first, second]));
  const whole = make(
    "li",
    { class: "step" },
    make("div", { class: "move" }, make("b", {}, "all together"), make("span", { class: "value" }, signed(total))),
    fall(0, total, scale, "whole"),
  );
  return [
    make("h3", {}, "What moved the odds"),
    make("p", { class: "sum" }, visible(inWords(first, second))),
    make("p", { class: "note" }, visible(`In log-odds: + towards ${first.name}, − towards ${second.name}.`)),
    make("ol", { class: "steps" }, steps, moved.length ? whole : []),
    ...apart("Spoke of both alike", all, "alike"),
    ...apart("Neutral: compared, and moved nothing", all, "neutral"),
    ...apart("Missing: nothing to compare", all, "missing"),
  ];
}

function inWords(first, second) {
  const times = first.probability / second.probability;
  if (!Number.isFinite(times) || times >= 1000) return `${first.name} is more than 1,000 times as probable as ${second.name}.`;
  if (times < 1.05) return `${first.name} and ${second.name} are about equally probable.`;
  return `${first.name} is ${times < 10 ? times.toFixed(1) : Math.round(times)} times as probable as ${second.name}.`;
}

function step({ feature, said, move }, from, to, scale, [first, second]) {
  const size = Math.abs(move);
  const strength = size >= STRONGLY ? "strongly" : size >= SLIGHTLY ? "clearly" : "slightly";
  const whom = move > 0 ? first : second;
  return make(
    "li",
    { class: "step" },
    make("div", { class: "move" }, make("b", {}, visible(feature)), make("span", { class: "value" }, signed(move))),
    fall(from, to, scale, move < 0 ? "down" : "up"),
    make("p", { class: "gloss" }, visible(`${strength} towards ${whom.name}`)),
    said.map((one) => saidLine(one, true)),
  );
}

function fall(from, to, { low, high }, kind) {
  const place = (value) => (high > low ? (100 * (value - low)) / (high - low) : 0);
  const inner = make("i", { class: kind });
  inner.style.left = `${place(Math.min(from, to))}%`;
  inner.style.width = `${place(Math.max(from, to)) - place(Math.min(from, to))}%`;
  const zero = make("u");
  zero.style.left = `${place(0)}%`;
  return make("div", { class: "fall", "aria-hidden": "true" }, zero, inner);
}

function saidLine({ of, item }, named) {
  const share = item.says === "for" || item.says === "against" ? ` ${signed(item.share)}` : "";
  const words = `${named ? `${of.name}: ` : ""}${WORDS[item.says]}${share}; ${item.because}`;
  return make("div", { class: `said ${item.says}` }, make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[item.says]), make("span", {}, visible(words)));
}

function apart(title, all, wanted) {
  const found = all.filter(({ kind }) => kind === wanted);
  if (!found.length) return [];
  const rows = found.map(({ feature, said }) => {
    const same = said.length === 2 && said[0].item.because === said[1].item.because && said[0].item.says === said[1].item.says;
    return make("li", {}, make("b", {}, visible(feature)), (same ? said.slice(0, 1) : said).map((one) => saidLine(one, !same)));
  });
  return [make("details", {}, make("summary", {}, `${title} (${found.length})`), make("ul", {}, rows))];
}

function onward(anchor) {
  const waiting = [...document.querySelectorAll(".m[id].ambiguous, .m[id].contested")];
  const here = element(anchor);
  const next = waiting.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return next ? make("p", { class: "onward" }, make("a", { href: `#${next.id}` }, "Next undecided mention →")) : "";
}

let closing = false;

/** Close the panel and lead back to the mention, whose focus must not open it again. */
function closePanel() {
  const chosen = document.querySelector(".chosen");
  hint();
  if (!chosen) return;
  chosen.classList.remove("chosen");
  closing = true;
  chosen.focus({ preventScroll: true });
  closing = false;
}

// -- which part is shown

const PLACE = /^#a(\d+)(?:m(\d+))?$/;

/** Show what the address names: an article, a mention in it, or a part of the overview. */
function show() {
  const [, article, mention] = PLACE.exec(location.hash) ?? [];
  const found = article !== undefined && element(location.hash.slice(1)) ? element(`a${article}`) : null;
  for (const open of document.querySelectorAll("article.open")) open.classList.toggle("open", open === found);
  root.toggle("reading", found !== null);
  if (!found) {
    root.remove("telling");
    if (["#people", "#articles"].includes(location.hash) && element("front").hidden) clearFilters();
    if (location.hash) element(location.hash.slice(1))?.scrollIntoView();
    return;
  }
  found.classList.add("open");
  addPager(found, Number(article));
  if (mention === undefined) {
    hint();
    scrollTo(0, 0);
    found.focus({ preventScroll: true });
    return;
  }
  tell(Number(article), Number(mention));
  const anchor = element(location.hash.slice(1));
  anchor.focus({ preventScroll: true });
  anchor.scrollIntoView({ block: "nearest" });
}

function hint() {
  root.remove("telling");
  element("panel").replaceChildren();
  if (matchMedia("(min-width: 63.01rem)").matches) {
    element("panel").append(make("p", { class: "note" }, "Choose a name in the text to see who it is, how sure that is, and why."));
  }
}

function addPager(article, number) {
  if (article.querySelector(".pager")) return;
  const links = [make("a", { href: "#overview" }, "Overview")];
  if (element(`a${number - 1}`)) links.push(make("a", { href: `#a${number - 1}` }, "← Previous"));
  if (element(`a${number + 1}`)) links.push(make("a", { href: `#a${number + 1}` }, "Next →"));
  article.prepend(make("nav", { class: "pager", "aria-label": "Articles" }, links));
}

function onMention(event) {
  const link = event.target.closest?.(".text .m");
  if (!link) return;
  const [, article, mention] = PLACE.exec(link.getAttribute("href"));
  if (event.type === "focusin") {
    // a pointer that presses has the click to come
    if (!closing && link.matches(":focus-visible")) tell(Number(article), Number(mention));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  tell(Number(article), Number(mention));
  link.scrollIntoView({ block: "nearest" });
  if (event.detail === 0) element("panel").querySelector("h2").focus(); // Enter: on into the panel
}

// -- filters

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let mentions = null;

/** Every mention of the page, with the words by which it is found. */
function allMentions() {
  mentions ??= [...document.querySelectorAll("article")].flatMap((node) => {
    const article = Number(node.id.slice(1));
    const data = dataOf(article);
    const title = node.querySelector("header h1").textContent;
    return data.mentions.map((mention, number) => {
      const people = (mention.person === null ? [] : [mention.person]).concat(
        mention.outcome === "ambiguous" || mention.outcome === "contested" ? mention.verdicts.map(([person]) => person).filter((person) => person !== null) : [],
      );
      const said = mention.person === null ? [] : data.people[mention.person].slice(0, 2);
      const sought = plain([mention.name, data.words[mention.chain], data.words[mention.sentence], title, ...said].join("\n"));
      return { article, number, mention, data, title, sought, people: new Set(people.map((person) => data.people[person][0])) };
    });
  });
  return mentions;
}

const asked = () => ({
  words: plain(element("find").value.trim()),
  outcome: element("by-outcome").value,
  person: element("by-person").value,
  article: element("by-article").value,
});

function filter() {
  const { words, outcome, person, article } = asked();
  for (const button of document.querySelectorAll(".counts button")) button.setAttribute("aria-pressed", String(button.dataset.outcome === outcome));
  const any = Boolean(words || outcome || person || article);
  element("front").hidden = any;
  element("results").hidden = !any;
  element("found").textContent = "";
  if (!any) return;
  const found = allMentions().filter(
    (one) =>
      (!outcome || one.mention.outcome === outcome) && (!person || one.people.has(person)) &&
      (!article || String(one.article) === article) && (!words || one.sought.includes(words)),
  );
  const undecided = ({ mention }) => (mention.outcome === "contested" ? 0 : mention.outcome === "ambiguous" ? 1 : 2);
  found.sort((one, other) => undecided(one) - undecided(other));
  element("found").textContent = `${found.length.toLocaleString("en")} ${found.length === 1 ? "mention" : "mentions"} found.`;
  element("results").replaceChildren();
  list(found, 0);
}

/** Add the rows from one of them on, and a button for what comes after. */
function list(found, from) {
  const rows = make("ol", { class: "cards" }, found.slice(from, from + SHOWN_AT_ONCE).map(card));
  element("results").append(rows);
  if (found.length <= from + SHOWN_AT_ONCE) return rows;
  const more = make("button", { type: "button", class: "more" }, `Show ${Math.min(SHOWN_AT_ONCE, found.length - from - SHOWN_AT_ONCE)} more`);
  more.addEventListener("click", () => {
    more.remove();
    list(found, from + SHOWN_AT_ONCE).querySelector("a").focus();
  });
  element("results").append(more);
  return rows;
}

function card({ article, number, mention, data, title }) {
  const listed = mention.verdicts.length > 1 ? mention.verdicts.slice(0, IN_BRIEF) : []; // as in report.py
  const odds = listed.map(([person, probability]) =>
    make("span", {}, make("b", {}, visible(person === null ? "nobody" : data.called[person])), ` ${percent(probability)}`),
  );
  return make(
    "li",
    { class: `card ${mention.outcome}` },
    make("p", { class: "head" }, make("a", { href: `#a${article}m${number}` }, visible(mention.name)), " ", tag(mention.outcome)),
    make("blockquote", {}, visible(data.words[mention.sentence])),
    make("span", { class: "odds" }, odds),
    make("p", { class: "where" }, visible(title)),
  );
}

function clearFilters() {
  element("filters").reset();
  filter();
}

/** Filter by one thing alone, as a row of an index asks. */
function filterBy(id, value) {
  element("filters").reset();
  element(id).value = value;
  if (location.hash) history.pushState(null, "", "#overview");
  filter();
  element("filters").scrollIntoView({ block: "start" });
  element(id).focus({ preventScroll: true });
}

function onIndex(event) {
  const { outcome, person, name } = event.target.closest?.("button")?.dataset ?? {};
  if (outcome !== undefined) {
    element("by-outcome").value = element("by-outcome").value === outcome ? "" : outcome;
    filter();
  }
  if (person !== undefined) filterBy("by-person", person);
  if (name !== undefined) filterBy("find", name);
}

function addMore(index) {
  const rest = index.querySelectorAll(".rest").length;
  if (!rest) return;
  const more = make("button", { type: "button", class: "more" }, `Show ${rest.toLocaleString("en")} more`);
  more.addEventListener("click", () => {
    index.classList.add("all");
    index.querySelector(".rest :is(a, button)").focus();
    more.remove();
  });
  index.after(more);
}

document.addEventListener("DOMContentLoaded", () => {
  document.addEventListener("focusin", onMention);
  document.addEventListener("click", onMention);
  document.addEventListener("click", onIndex);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.contains("telling")) closePanel();
  });
  element("filters").addEventListener("input", filter);
  element("filters").addEventListener("reset", () => setTimeout(filter));
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const index of document.querySelectorAll(".index")) addMore(index);
  addEventListener("hashchange", show);
  show();
});
