import { expect, test } from 'vitest'
import { nameFor, PIECE_OCTETS, PIECE_RULE, TABLE_RULE, typeOf, whyNotStore, whyTooHeavy } from './pieces.ts'

const text = (value: string) => new TextEncoder().encode(value)
const bytes = (...values: number[]) => Uint8Array.from(values)
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

const pdf = text('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n')
const jpeg = joined(bytes(0xff, 0xd8, 0xff, 0xe0), new Uint8Array(200), bytes(0xff, 0xd9))
const png = joined(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), text('IHDR'), new Uint8Array(20))
const zip = (...names: string[]) => joined(bytes(0x50, 0x4b, 0x03, 0x04), bytes(20, 0), ...names.map((name) => text(name)))
const xlsx = zip('[Content_Types].xml', 'xl/workbook.xml')

test.each([
  ['a PDF', pdf, 'application/pdf'],
  ['a JPEG', jpeg, 'image/jpeg'],
  ['a PNG', png, 'image/png'],
  ['a workbook', xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a table', text('numero;nom\nPN 26-0000001-N;Élodie\r\n'), 'text/csv'],
  ['a table in an older encoding, with its mark', joined(bytes(0xef, 0xbb, 0xbf), text('a;b\n'), bytes(0xe9)), 'text/csv'],
  ['a Windows program', joined(text('MZ'), bytes(0x90, 0, 3, 0), text('This program cannot be run in DOS mode')), null],
  ['a Linux program', joined(bytes(0x7f), text('ELF'), bytes(2, 1, 1, 0)), null],
  ['a program that says PDF further on', joined(text('MZ'), bytes(0, 0), pdf), null],
  ['the beginning of a PDF', pdf.slice(0, 20), null],
  ['a script', text('#!/bin/sh\nrm -rf /\n'), null],
  ['a page', text('<html><script>alert(1)</script></html>'), null],
  ['a drawing with a script', text('<svg onload="alert(1)"/>'), null],
  ['an archive that is no workbook', zip('etc/passwd'), null],
  ['a workbook with macros', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'), null],
  ['a table in UTF-16', bytes(0xff, 0xfe, 0x61, 0, 0x3b, 0), null],
  ['an XML file', text('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['nothing', bytes(), null],
])('%s is told by its bytes', (_, octets, expected) => {
  expect(typeOf(octets)).toBe(expected)
})

test('a route takes its own types only, and says which', () => {
  expect(whyNotStore(pdf)).toBeNull()
  expect(whyNotStore(xlsx)?.code).toBe('piece_type')
  expect(whyNotStore(xlsx, TABLE_RULE)).toBeNull()
  expect(whyNotStore(text('<?xml version="1.0"?><svg/>'))?.code).toBe('piece_type')
  expect(whyNotStore(text('<?xml version="1.0"?><svg/>'), TABLE_RULE)?.code).toBe('piece_type')
  expect(whyNotStore(pdf, TABLE_RULE)?.message).toBe('Ce fichier n’est pas lisible ici. Types acceptés : tableau CSV, classeur XLSX.')
  expect(whyNotStore(bytes(), PIECE_RULE)?.message).toContain('vide')
})

test('5 MiB exactly is taken, one byte more is not', () => {
  const heavy = new Uint8Array(PIECE_OCTETS + 1)
  heavy.set(jpeg)
  expect(whyNotStore(heavy.subarray(0, PIECE_OCTETS))).toBeNull()
  expect(whyNotStore(heavy)?.code).toBe('piece_taille')
  expect(whyTooHeavy(21 * 1024 * 1024, TABLE_RULE)?.message).toContain('20 Mo')
})

test('a file is saved under a name that says what it is', () => {
  expect(nameFor('feuille.PDF', 'application/pdf')).toBe('feuille.PDF')
  expect(nameFor('facture.exe', 'application/pdf')).toBe('facture.exe.pdf')
  expect(nameFor('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg')
  expect(nameFor('x'.repeat(200), 'image/png')).toHaveLength(114)
})
