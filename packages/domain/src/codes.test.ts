import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALPHABET, checkSymbol, codeOf, decode55, encode55, formatCode, parseCode } from './codes.ts'

test.each([
  ['0123456789A', 'K'],
  ['K7M2QX9TB4R', 'S'],
  ['10000000000', '2'],
  ['00000000001', '7'],
])('the check symbol of %s is %s (reliability.md section 4)', (body, check) => {
  expect(checkSymbol(body)).toBe(check)
})

/** A small generator with a fixed seed: the same errors at every run. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
const draw = (next: () => number, n: number) => Math.floor(next() * n)
const randomCode = (next: () => number) => {
  const body = Array.from({ length: 11 }, () => ALPHABET[draw(next, 32)]).join('')
  return body + checkSymbol(body)
}
const swapped = (code: string, i: number, j: number) => {
  const symbols = [...code]
  ;[symbols[i], symbols[j]] = [symbols[j]!, symbols[i]!]
  return symbols.join('')
}
const replaced = (code: string, i: number, symbols: string) => code.slice(0, i) + symbols + code.slice(i + symbols.length)
const withCheck = (code: string) => code.slice(0, 11) + checkSymbol(code.slice(0, 11))

/** One error of each class: the code it starts from, and what was typed. */
const ERRORS: Record<string, (code: string, next: () => number) => [code: string, typed: string]> = {
  single: (code, next) => [code, replaced(code, draw(next, 12), ALPHABET[draw(next, 32)]!)],
  swap: (code, next) => {
    const i = draw(next, 11)
    return [code, swapped(code, i, i + 1)]
  },
  jump: (code, next) => {
    const i = draw(next, 10)
    return [code, swapped(code, i, i + 2)]
  },
  twin: (code, next) => {
    const i = draw(next, 10)
    const doubled = withCheck(replaced(code, i, code[i]!.repeat(2)))
    return [doubled, replaced(doubled, i, ALPHABET[draw(next, 32)]!.repeat(2))]
  },
}
test.each(Object.keys(ERRORS))('100 000 %s errors are all detected (T8)', (kind) => {
  const next = random(20_260_310)
  let missed = 0
  for (let done = 0; done < 100_000;) {
    const [code, typed] = ERRORS[kind]!(randomCode(next), next)
    if (typed === code) continue
    done++
    if (checkSymbol(typed.slice(0, 11)) === typed[11]) missed++
  }
  expect(missed).toBe(0)
})

test.each(['K7M2-QX9T-B4RS', 'k7m2 qx9t b4rs', ' K7M2QX9TB4RS ', 'k7m2–qx9t–b4rs', 'K7M2\u00a0QX9T\u00a0B4RS'])(
  '%s is the same pass (A05)',
  (text) => {
    expect(parseCode(text)).toEqual({ ok: true, code: 'K7M2QX9TB4RS' })
  },
)
test('O reads 0, I and L read 1', () => {
  expect(parseCode('OI234567 89AK')).toEqual({ ok: true, code: '0123456789AK' })
  expect(parseCode('ol23-4567-89ak')).toEqual({ ok: true, code: '0123456789AK' })
})
test.each([
  ['K7M2-QX9T-B4R', 'Numéro incomplet. Il manque un caractère.'],
  ['K7M2-QX9T', 'Il manque 4 caractères.'],
  ['K7M2-QX9T-B4RSS', 'Numéro trop long. Il y a un caractère de trop.'],
  ['K7M2-QX9T-B4RT', 'Un caractère est faux, ou deux sont inversés.'],
  ['7KM2-QX9T-B4RS', 'Un caractère est faux, ou deux sont inversés.'],
  ['K7M2-QX9T-B4RU', 'Le caractère «\u00a0U\u00a0»'],
  ['', 'Saisissez les 12 caractères du pass.'],
])('%s is refused before any request: %s', (text, reason) => {
  const parsed = parseCode(text)
  expect(parsed).toMatchObject({ ok: false, refusal: { code: 'code_malforme' } })
  expect(parsed.ok ? '' : parsed.refusal.message).toContain(reason)
})

test('55 bits go to 11 symbols and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 7, maxLength: 32 }), (bytes) => {
      const symbols = encode55(bytes)
      expect(symbols).toHaveLength(11)
      const back = decode55(symbols)
      expect([...back]).toEqual([...bytes.slice(0, 6), bytes[6]! & 0xfe])
      expect(parseCode(formatCode(codeOf(bytes)))).toEqual({ ok: true, code: codeOf(bytes) })
    }),
  )
})
test('bounds of the 55 bits', () => {
  expect(encode55(new Uint8Array(7))).toBe('00000000000')
  expect(encode55(new Uint8Array(7).fill(255))).toBe('ZZZZZZZZZZZ')
  expect(encode55(Uint8Array.of(0x08, 0, 0, 0, 0, 0, 0))).toBe('10000000000')
  expect(() => encode55(new Uint8Array(6))).toThrow(RangeError)
  expect(() => decode55('0123')).toThrow(RangeError)
  expect(() => decode55('UUUUUUUUUUU')).toThrow(RangeError)
})
test('a code prints in three groups of four', () => {
  expect(formatCode('K7M2QX9TB4RS')).toBe('K7M2-QX9T-B4RS')
})
