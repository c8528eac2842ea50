import { expect, test } from 'vitest'
import { all, at, readXml, textAt, UnreadableXml, type XmlNode } from './read-xml.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const bytes = (text: string) => new TextEncoder().encode(text)
const recordsOf = (xml: string, name = 'Ntry') => {
  const found: { node: XmlNode; path: string }[] = []
  readXml(bytes(HEAD + xml), {
    records: new Set([name]),
    onRecord: (node, ancestors) => found.push({ node, path: ancestors.join('/') }),
  })
  return found
}
const faultOf = (octets: Uint8Array): string => {
  try {
    readXml(octets, { records: new Set(['Ntry']), onRecord: () => {} })
  } catch (error) {
    if (error instanceof UnreadableXml) return error.message
    throw error
  }
  return 'lu'
}

test('records are given whole, whatever the prefix, with their ancestors; leaves outside are told with their path', () => {
  const leaves: string[] = []
  const xml = `${HEAD}<n:Doc><n:Id>S1 &amp; co</n:Id><n:Stmt><n:Ntry><n:Amt Ccy="EUR">10.00</n:Amt><n:D><n:E>a</n:E><n:E><![CDATA[b<c]]></n:E></n:D></n:Ntry></n:Stmt></n:Doc>`
  const records: XmlNode[] = []
  readXml(bytes(`\ufeff${xml}`), {
    records: new Set(['Ntry']),
    onRecord: (node, ancestors) => {
      records.push(node)
      expect(ancestors).toEqual(['Doc', 'Stmt'])
    },
    onLeaf: (path, text) => leaves.push(`${path.join('/')}=${text}`),
  })
  expect(leaves).toEqual(['Doc/Id=S1 & co'])
  expect([textAt(records[0], 'Amt'), at(records[0], 'Amt')?.attributes]).toEqual(['10.00', { Ccy: 'EUR' }])
  expect(all(at(records[0], 'D'), 'E').map(({ text }) => text)).toEqual(['a', 'b<c'])
  expect(textAt(records[0], 'D', 'Absent')).toBeNull()
})

test('a text cut between two pieces of reading is one text', () => {
  const filler = `<F>${'x'.repeat(1000)}</F>`.repeat(130)
  expect(recordsOf(`<D>${filler}<Ntry><Id>${'é'.repeat(900)}</Id></Ntry></D>`).map(({ node }) => textAt(node, 'Id')?.length)).toEqual([900])
})

test.each([
  ['a DOCTYPE', '<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd"><D/>', 'DOCTYPE'],
  ['an entity of a file', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><D>&x;</D>', 'DOCTYPE'],
  ['a bomb', '<!doctype d [<!entity a "ha"><!entity b "&a;&a;&a;">]><D>&b;</D>', 'DOCTYPE'],
  ['an entity that nobody declared', '<D>&x;</D>', 'abîmé'],
  ['an entity of a page', '<D>&eacute;</D>', 'abîmé'],
  ['a tag left open', '<D><E></D>', 'abîmé'],
  ['a file cut short', '<D><E>', 'abîmé'],
  ['two roots', '<D/><D/>', 'abîmé'],
  ['another instruction', '<?php echo 1 ?><D/>', 'abîmé'],
  ['33 levels', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`, 'niveaux'],
  ['a million levels', '<a>'.repeat(1_000_000), 'niveaux'],
])('%s is refused in words', (_, xml, expected) => {
  expect(faultOf(bytes(HEAD + xml))).toContain(expected)
})

test('32 levels are read, what is no UTF-8 is refused', () => {
  expect(faultOf(bytes(`${HEAD}${'<a>'.repeat(32)}${'</a>'.repeat(32)}`))).toBe('lu')
  expect(faultOf(Buffer.from(`${HEAD}<D>é</D>`, 'latin1'))).toContain('UTF-8')
})

test('a long text is cut, a deep record stays whole', () => {
  const [one] = recordsOf(`<D><Ntry><Id>${'x'.repeat(100_000)}</Id><Ntry><Id>in</Id></Ntry></Ntry></D>`)
  expect(textAt(one?.node, 'Id')?.length).toBeLessThanOrEqual(4000)
  expect(textAt(one?.node, 'Ntry', 'Id')).toBe('in')
})
