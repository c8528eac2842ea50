import { expect, test } from 'vitest'
import { COMMANDE_STATUTS } from './commandes.ts'
import { splitEncaissement, whyNotMandate, whyNotRecordEncaissement } from './encaissements.ts'

const due = { facialCentimes: 10_000, fraisTtcCentimes: 480, facialRecuCentimes: 0, fraisRecusCentimes: 0 }
const asked = { ...due, statut: 'livree', montantCentimes: 10_480, dateReception: '2026-03-10' } as const

test('funds and a mandat belong to a signed order', () => {
  const open = (why: (statut: (typeof COMMANDE_STATUTS)[number]) => unknown) => COMMANDE_STATUTS.filter((statut) => !why(statut))
  expect(open((statut) => whyNotMandate({ statut }))).toEqual(
    COMMANDE_STATUTS.filter((statut) => !['brouillon', 'devis', 'annulee'].includes(statut)),
  )
  expect(open((statut) => whyNotRecordEncaissement({ ...asked, statut }, '2026-03-10'))).toEqual(
    open((statut) => whyNotMandate({ statut })),
  )
})

test('the whole total is received, not one centime more', () => {
  expect(whyNotRecordEncaissement(asked, '2026-03-10')).toBeNull()
  expect(whyNotRecordEncaissement({ ...asked, montantCentimes: 10_481 }, '2026-03-10')?.message).toContain('dépasse de 0,01\u00a0€')
  expect(whyNotRecordEncaissement({ ...asked, fraisRecusCentimes: 1 }, '2026-03-10')?.code).toBe('commande_invalide')
  expect(whyNotRecordEncaissement(asked, '2026-03-09')?.code).toBe('commande_invalide')
})

test('the face value is served first, the rest pays the fees, nothing is lost', () => {
  expect(splitEncaissement(4000, due)).toEqual({ fondsCentimes: 4000, fraisCentimes: 0 })
  expect(splitEncaissement(10_480, due)).toEqual({ fondsCentimes: 10_000, fraisCentimes: 480 })
  expect(splitEncaissement(1000, { ...due, facialRecuCentimes: 9800 })).toEqual({ fondsCentimes: 200, fraisCentimes: 800 })
  expect(splitEncaissement(300, { ...due, facialRecuCentimes: 10_000 })).toEqual({ fondsCentimes: 0, fraisCentimes: 300 })
})
