import { expect, test } from 'vitest'
import { isDemanded, keptSiret, whyNotReferences, whyNotSiret } from './facturation.ts'

const none = { numeroMarche: null, numeroEngagement: null, codeService: null, siretFacturation: null }
const free = { exigeMarche: false, exigeEngagement: false, exigeCodeService: false }

test('a reference is asked for only when the body demands it', () => {
  expect(whyNotReferences(none, free)).toBeNull()
  const refusal = whyNotReferences(none, { ...free, exigeEngagement: true, exigeCodeService: true })
  expect(refusal?.code).toBe('reference_manquante')
  expect(refusal?.erreurs?.map(({ chemin }) => chemin)).toEqual(['numeroEngagement', 'codeService'])
  expect(whyNotReferences({ ...none, numeroMarche: 'M-1' }, { ...free, exigeMarche: true })).toBeNull()
  expect(isDemanded('siretFacturation', { exigeMarche: true, exigeEngagement: true, exigeCodeService: true })).toBe(false)
})

test('the SIRET is checked where it stands, and kept as digits', () => {
  expect(whyNotSiret(null, 'siret')).toBeNull()
  expect(whyNotSiret('212 302 509 00014', 'siret')).toBeNull()
  expect(whyNotSiret('212 302 509 00015', 'siret')?.erreurs?.[0]?.chemin).toBe('siret')
  expect([keptSiret('212 302 509 00014'), keptSiret(null)]).toEqual(['21230250900014', null])
})
