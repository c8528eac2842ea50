import { expect, test } from 'vitest'
import { formatPhone, imageTypeOf, LOGO_MAX_OCTETS, MODE_D_EMPLOI, whyNotLogo, whyNotPhone } from './maquettes.ts'

test('the cover is easy to read: short sentences, everyday words, no sign that one would have to explain', () => {
  for (const sentence of MODE_D_EMPLOI) {
    expect(sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length).toBeLessThanOrEqual(15)
    expect(sentence).toMatch(/\.$/)
    expect(sentence).not.toMatch(/[%/()*]|\b[A-Z]{2,}\b|bénéficiaire|prescripteur|médiation|numérique|dispositif|structure/)
  }
})

test('a telephone is complete, and printed in pairs', () => {
  for (const text of ['05 55 00 00 00', '0555000000', '05.55.00.00.00', '+33555000000', '3960']) expect(whyNotPhone(text)).toBeNull()
  for (const text of ['05 55 00 00', 'appelez-nous', '0055000000', '055500000000'])
    expect(whyNotPhone(text)?.code).toBe('maquette_invalide')
  expect([formatPhone('0555000000'), formatPhone('+33 5 55 00 00 00'), formatPhone('3960')]).toEqual([
    '05 55 00 00 00',
    '05 55 00 00 00',
    '3960',
  ])
})

test('a logo is a light PNG or JPEG, by its bytes and not by its name', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1)
  expect([imageTypeOf(png), imageTypeOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)), imageTypeOf(new TextEncoder().encode('%PDF-1.7'))]).toEqual(
    ['png', 'jpeg', null],
  )
  expect(whyNotLogo(png)).toBeNull()
  expect(whyNotLogo(new TextEncoder().encode('MZ'))?.message).toContain('PNG')
  const heavy = new Uint8Array(LOGO_MAX_OCTETS + 1)
  heavy.set(png)
  expect(whyNotLogo(heavy)?.message).toContain('40 Ko')
})
