import sax from 'sax'

/** An element of a record: its local name, its own text, its attributes and children. */
export type XmlNode = { name: string; text: string; attributes: Readonly<Record<string, string>>; children: XmlNode[] }

/** The file cannot be read as XML, or is of a kind that we do not open: a French sentence. */
export class UnreadableXml extends Error {}

type XmlVisitor = {
  /** Local names of the elements that are given whole; records do not nest. */
  records: ReadonlySet<string>
  /** A record and the local names of its ancestors, root first. */
  onRecord: (node: XmlNode, ancestors: readonly string[]) => void
  /** The text of an element outside records. */
  onLeaf?: (path: readonly string[], text: string) => void
}

const DEPTH_MAX = 32
const NODES_MAX = 3_000_000
/** What one record may hold: a batch of some thousand operations is one. */
const RECORD_NODES_MAX = 1_500_000
const TEXT_MAX = 2000
const CHUNK = 64 * 1024

/** Strict, and no entity but the five of XML (an option that the library's types leave out). */
const OPTIONS = { trim: true, strictEntities: true, position: false }

const BROKEN = 'Ce fichier XML est abîmé. Téléchargez-le de nouveau depuis le site de votre banque.'
const FORBIDDEN =
  'Ce fichier XML déclare un DOCTYPE ou des entités : il n’est pas ouvert. Téléchargez-le de nouveau depuis le site de votre banque.'
const TOO_DEEP = 'Ce fichier XML a trop de niveaux : ce n’est pas un fichier de banque.'
const TOO_LONG = 'Ce fichier XML est trop long. Demandez à votre banque un fichier par jour.'

const fail = (message: string): never => {
  throw new UnreadableXml(message)
}

const decode = (octets: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return fail('Ce fichier XML n’est pas en UTF-8. Téléchargez-le de nouveau depuis le site de votre banque.')
  }
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

type State = { visitor: XmlVisitor; path: XmlNode[]; depthOfRecord: number; nodes: number; recordNodes: number }

const open = (state: State, { name, attributes }: { name: string; attributes: Record<string, unknown> }) => {
  const node: XmlNode = { name: localName(name), text: '', attributes: attributes as Record<string, string>, children: [] }
  if (state.path.length >= DEPTH_MAX) fail(TOO_DEEP)
  if (state.path.length === 0 && state.nodes > 0) fail(BROKEN)
  if (++state.nodes > NODES_MAX) fail(TOO_LONG)
  const isInside = state.depthOfRecord !== -1
  if (isInside) {
    if (++state.recordNodes > RECORD_NODES_MAX) fail(TOO_LONG)
    state.path.at(-1)!.children.push(node)
  } else if (state.visitor.records.has(node.name)) {
    state.depthOfRecord = state.path.length
    state.recordNodes = 0
  }
  state.path.push(node)
}

const close = (state: State) => {
  const node = state.path.pop()
  if (!node) return
  const names = () => state.path.map(({ name }) => name)
  if (state.depthOfRecord === -1) {
    if (node.text) state.visitor.onLeaf?.([...names(), node.name], node.text)
    return
  }
  if (state.path.length > state.depthOfRecord) return
  state.depthOfRecord = -1
  state.visitor.onRecord(node, names())
}

const addText = (state: State, text: string) => {
  const node = state.path.at(-1)
  if (node && text && node.text.length < TEXT_MAX) node.text += text.slice(0, TEXT_MAX)
}

const handlersOf = (state: State) => ({
  ondoctype: () => fail(FORBIDDEN),
  onsgmldeclaration: () => fail(FORBIDDEN),
  onprocessinginstruction: ({ name }: { name: string }) => void (name === 'xml' || fail(BROKEN)),
  onerror: () => fail(BROKEN),
  onopentag: (tag: { name: string; attributes: Record<string, unknown> }) => open(state, tag),
  onclosetag: () => close(state),
  ontext: (part: string) => addText(state, part),
  oncdata: (part: string) => addText(state, part),
})

/** Why a file is not opened: it declares a DOCTYPE or entities, anywhere. Without parsing: no file that we take has one. */
export const declares = (octets: Uint8Array): string | null =>
  /<!(?:DOCTYPE|ENTITY)/i.test(Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')) ? FORBIDDEN : null

/**
 * Reads an XML file piece by piece: records are given whole, one at a time, never the whole tree. No DTD, no entity but the five of XML,
 * 32 levels and 3 million elements at most.
 * @throws UnreadableXml
 */
export const readXml = (octets: Uint8Array, visitor: XmlVisitor): void => {
  const declared = declares(octets)
  if (declared) fail(declared)
  const text = decode(octets).replace(/^\ufeff/, '')
  const state: State = { visitor, path: [], depthOfRecord: -1, nodes: 0, recordNodes: 0 }
  const parser = Object.assign(sax.parser(true, OPTIONS), handlersOf(state))
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK))
  parser.close()
}

/** The first descendant by these names, one a level; undefined when one is missing. */
export const at = (node: XmlNode | undefined, ...names: string[]): XmlNode | undefined =>
  names.reduce<XmlNode | undefined>((here, name) => here?.children.find((child) => child.name === name), node)

/** Its text, null when it is missing or empty. */
export const textAt = (node: XmlNode | undefined, ...names: string[]): string | null => at(node, ...names)?.text || null

/** Every child of this name. */
export const all = (node: XmlNode | undefined, name: string): XmlNode[] => node?.children.filter((child) => child.name === name) ?? []
