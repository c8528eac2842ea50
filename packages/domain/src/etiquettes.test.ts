import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeEtiquette, type Etiquette, ETIQUETTE_NATURES, formatEtiquette, isLikeEtiquette, parseEtiquette } from './etiquettes.ts'
import { formatSerie, parseSerie } from './references.ts'

const carton: Etiquette = { nature: 'carton', premiere: 260_010_001, derniere: 260_010_500 }
const labels = fc
  .record({
    nature: fc.constantFrom(...ETIQUETTE_NATURES),
    premiere: fc.integer({ min: 1, max: 9_000_000 }),
    size: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ nature, premiere, size }) => ({ nature, premiere: 260_000_000 + premiere, derniere: 260_000_000 + premiere + size - 1 }))

test('a label says its range, however it is typed', () => {
  const text = formatEtiquette(carton)
  expect(text).toMatch(/^C 26-0010001-000500-[0-9A-Z]$/)
  for (const typed of [text, text.toLowerCase(), text.replaceAll(/[ -]/g, ''), ` ${text} `]) {
    expect(parseEtiquette(typed)).toEqual({ ok: true, etiquette: carton })
    expect(isLikeEtiquette(typed)).toBe(true)
  }
  expect(describeEtiquette(carton)).toBe(`carton de 500, à partir de ${formatSerie(260_010_001)}`)
})

test('any range comes back as it was', () => {
  fc.assert(
    fc.property(labels, (label) => {
      expect(parseEtiquette(formatEtiquette(label))).toEqual({ ok: true, etiquette: label })
    }),
  )
})

/** A label with one figure written for another, or two that follow each other swapped. */
const misread = (text: string, at: number, digit: number): string[] => [
  text.slice(0, at) + String(digit) + text.slice(at + 1),
  text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2),
]

test('a wrong character or two swapped are seen', () => {
  const accepted: string[] = []
  fc.assert(
    fc.property(labels, fc.nat(16), fc.nat(9), (label, at, digit) => {
      const text = formatEtiquette(label).replaceAll(/[ -]/g, '')
      accepted.push(...misread(text, at, digit).filter((wrong) => wrong !== text && parseEtiquette(wrong).ok))
    }),
  )
  expect(accepted).toEqual([])
})

test('a label is no serial, and a serial no label', () => {
  const serial = formatSerie(260_010_001)
  expect(isLikeEtiquette(serial)).toBe(false)
  expect(parseEtiquette(serial)).toMatchObject({ ok: false, refusal: { code: 'numero_malforme' } })
  expect(parseSerie(formatEtiquette(carton)).ok).toBe(false)
  expect(parseEtiquette('C 26-0010001-000000-0').ok).toBe(false)
  expect(() => formatEtiquette({ ...carton, derniere: 1 })).toThrow(RangeError)
})
