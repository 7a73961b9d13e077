/* Archiver: search, filters and order of a long list. The page reads without it; its data are the scripts in data/. */
"use strict"
document.documentElement.classList.add("script")

document.addEventListener("DOMContentLoaded", () => {
  const FIRST = 30 // results drawn at once with each key
  const MORE = 100
  const STATES = { words: "w", who: "h", link: "l" }
  const MOST_MARKS = 12
  const [HREF, NAME, DATE, NOTE, NUMBER, STATE, PLATFORMS, LANGUAGE, AUTHORS, REST] = Array(10).keys()
  const FIELDS = ["q", "platform", "year", "state", "language", "author", "sort"]

  const form = document.querySelector("form.search")
  const all = document.getElementById("all")
  const found = form.querySelector("[role=status]")
  const list = document.createElement("ol")
  const more = document.createElement("button")
  const clear = document.createElement("button")
  list.className = "list"
  list.hidden = more.hidden = clear.hidden = true
  more.type = clear.type = "button"
  clear.textContent = "Show the whole list"
  all.after(list, more)
  found.after(clear)

  const noun = form.dataset.kind === "articles" ? ["article", "articles"] : ["post", "posts"]
  const labels = {}
  for (const option of form.elements.platform.options) labels[option.value] = option.textContent

  // Lower case without accents: what is typed without them is found too.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

  let rows = null // newest first, each with its folded text and authors
  let hits = []

  // Classic scripts load from disk in every browser; fetch and modules do not.
  const load = (number) =>
    new Promise((done, failed) => {
      const script = document.createElement("script")
      script.src = `data/${form.dataset.kind}-${number}.js`
      script.async = false
      script.onload = done
      script.onerror = failed
      document.head.append(script)
    })

  const prepare = (data) =>
    data.map((row) => {
      const platforms = row[PLATFORMS].split(" ")
      const told = platforms.map((platform) => labels[platform] ?? "").join("\n")
      const authors = fold(row[AUTHORS])
      return { row, platforms, authors, text: `${fold(`${row[NAME]}\n${row[REST]}\n${told}`)}\n${authors}` }
    })

  let loading = null
  const ready = () =>
    (loading ??= Promise.all(Array.from({ length: Number(form.dataset.files) }, (_, number) => load(number + 1))).then(
      () => {
        const data = (form.dataset.kind === "articles" ? self.archiverArticles : self.archiverPosts) ?? []
        rows = prepare(data.slice().reverse())
        suggest()
      },
    ))

  // The accounts that occur most, to choose from.
  const suggest = () => {
    const counts = new Map()
    for (const { row } of rows)
      for (const author of row[AUTHORS].split("\n")) if (author) counts.set(author, (counts.get(author) ?? 0) + 1)
    const most = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 100)
    document.getElementById("authors").replaceChildren(
      ...most.map(([author]) => Object.assign(document.createElement("option"), { value: author })),
    )
  }

  const asked = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]))

  const matching = (query) => {
    const words = fold(query.q).split(/\s+/).filter(Boolean)
    const author = fold(query.author)
    const state = STATES[query.state]
    return rows.filter(
      ({ row, platforms, authors, text }) =>
        words.every((word) => text.includes(word)) &&
        (!query.platform || platforms.includes(query.platform)) &&
        (!query.year || row[DATE]?.startsWith(query.year)) &&
        (!state || row[STATE].includes(state)) &&
        (!query.language || row[LANGUAGE] === query.language) &&
        (!author || authors.includes(author)),
    )
  }

  const collator = new Intl.Collator(undefined, { numeric: true })
  const ORDERS = {
    oldest: (one, other) => ((one.row[DATE] ?? "~") < (other.row[DATE] ?? "~") ? -1 : 1),
    title: (one, other) => collator.compare(one.row[NAME], other.row[NAME]),
    most: (one, other) => other.row[NUMBER] - one.row[NUMBER],
  }

  const dateWords = (date) => {
    const [year, month, day] = date.slice(0, 10).split("-")
    const options = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" }
    return new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)).toLocaleDateString("en-GB", options)
  }

  // Text goes in as text: nothing of the data is ever read as HTML.
  const part = (tag, text, attributes = {}) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value)
    const isolated = document.createElement("bdi")
    isolated.textContent = text
    element.append(isolated)
    return element
  }

  const marks = (states) => {
    const span = document.createElement("span")
    span.className = "marks"
    span.setAttribute("aria-hidden", "true")
    for (const letter of states.slice(0, MOST_MARKS)) {
      const className = Object.keys(STATES).find((name) => STATES[name] === letter)
      span.append(Object.assign(document.createElement("i"), { className }))
    }
    return span
  }

  const line = ({ row }) => {
    const item = document.createElement("li")
    item.append(part("a", row[NAME], { href: row[HREF], lang: row[LANGUAGE] }))
    if (row[DATE]) item.append(part("time", dateWords(row[DATE]), { datetime: row[DATE] }))
    const note = part("small", row[NOTE])
    if (row[STATE]) note.prepend(marks(row[STATE]))
    item.append(note)
    return item
  }

  const show = (count) => {
    const from = list.children.length
    const added = hits.slice(from, from + count).map(line)
    list.append(...added)
    more.hidden = list.children.length >= hits.length
    more.textContent = `Show ${Math.min(MORE, hits.length - list.children.length)} more`
    return added
  }

  const update = async () => {
    const query = asked()
    const entries = Object.entries(query).filter(([, value]) => value)
    const hash = new URLSearchParams(entries).toString()
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname)
    all.hidden = entries.length > 0
    list.hidden = clear.hidden = !all.hidden
    list.replaceChildren()
    more.hidden = true
    found.textContent = ""
    if (!entries.length) return
    if (!rows) {
      found.textContent = "Loading the list …"
      try {
        await ready()
      } catch {
        found.textContent = "The files in the folder data could not be read."
        return
      }
      return update()
    }
    hits = matching(query)
    if (query.sort) hits.sort(ORDERS[query.sort])
    show(FIRST)
    const number = hits.length.toLocaleString("en-GB")
    found.textContent = `${hits.length ? number : "No"} ${noun[hits.length === 1 ? 0 : 1]} found`
  }

  const restore = () => {
    const query = new URLSearchParams(location.hash.slice(1))
    for (const name of FIELDS) form.elements[name].value = query.get(name) ?? ""
    if (FIELDS.slice(1).some((name) => query.get(name))) form.querySelector("details").open = true
    update()
  }

  form.addEventListener("input", update)
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("focusin", () => ready().catch(() => {}), { once: true })
  more.addEventListener("click", () => show(MORE)[0]?.querySelector("a").focus())
  clear.addEventListener("click", () => {
    form.reset()
    update()
    form.elements.q.focus()
  })
  addEventListener("hashchange", restore)
  restore()
})
