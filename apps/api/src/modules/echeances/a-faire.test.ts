import { addDays } from '@pass/domain/days.ts'
import {
  A_FAIRE_ECHEANCE,
  aFaireOf,
  type AccordEtape,
  type EcheanceStatut,
  type Partie,
  PARTIES,
  type Suivi,
} from '@pass/domain/echeance-suivi.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, LOT, PEOPLE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { onDay, signReleve, tend } from '../../../test/echeances.ts'
import { createWorld } from '../../../test/world.ts'
import { sql } from '../../platform/db.ts'
import { aFaireSql } from './a-faire.ts'

const world = await createWorld()
afterAll(() => world.close())

const FIN = '2026-06-30'
const lot = (who: PersonKey, aFaire: string) =>
  world
    .as(who)
    .get(`/echeances?aFaire=${aFaire}`)
    .then((answer) => answer.json().items.map(({ lotId }: { lotId: string }) => lotId))
const card = async (who: PersonKey) =>
  Object.fromEntries(
    (await world.as(who).get('/accueil'))
      .json()
      .aFaire.flatMap(({ code, nombre, lien }: { code: string; nombre: number; lien: string }) =>
        code.startsWith('echeances_') ? [[code, [nombre, lien]]] : [],
      ),
  )
const quiet = async () => {
  // whatever else waits on the home of these people
  await world.sql.query(`update commande set statut = 'close' where statut not in ('close', 'annulee', 'livree')`)
  await world.sql.query(`update commande set numero_mandat = 'M' where numero_mandat is null`)
  await world.sql.query(`update attribution set statut = 'accusee', accusee_at = coalesce(accusee_at, envoyee_at) where statut = 'envoyee'`)
}
const HERE = `/echeances/${LOT.l1}`

// run in order: the lot of T1, which ends on 30 June

test('nothing waits before D−30; then the collectivité alone, those of its people who agree', async () => {
  await quiet()
  onDay(world, '2026-05-30')
  for (const who of ['collectivite.gestionnaire', 'operateur.gestionnaire'] as const) expect([who, await card(who)]).toEqual([who, {}])
  onDay(world, '2026-05-31')
  expect(await card('collectivite.gestionnaire')).toEqual({ echeances_a_accorder: [1, HERE] })
  expect(await card('collectivite.lecteur')).toEqual({})
  // T2 has its own lot, of the same end
  expect(await card('autre:collectivite.gestionnaire')).toEqual({ echeances_a_accorder: [1, `/echeances/${LOT.l9}`] })
  expect(await card('operateur.gestionnaire')).toEqual({})
  expect([await lot('collectivite.lecteur', 'accord'), await lot('operateur.gestionnaire', 'accord')]).toEqual([[LOT.l1], []])
})

test('a lot whose commande was given back whole waits for nobody, on the home as in the list', async () => {
  const turn = (statut: string) =>
    world.sql.query(`update commande set statut = $2 where id = (select commande_id from lot where id = $1)`, [LOT.l1, statut])
  const { rows } = await world.sql.query('select c.statut from commande c join lot l on l.commande_id = c.id where l.id = $1', [LOT.l1])
  await turn('annulee')
  expect([await card('collectivite.gestionnaire'), await lot('collectivite.lecteur', 'accord')]).toEqual([{}, []])
  await turn(rows[0].statut)
  expect(await lot('collectivite.lecteur', 'accord')).toEqual([LOT.l1])
})

test('the stop agreed, both are asked for the counts; each card goes with its own agreement', async () => {
  onDay(world, '2026-06-23')
  await world.as('collectivite.gestionnaire').post(`${HERE}/accords`, { etape: 'arret_distribution' })
  expect([await card('collectivite.gestionnaire'), await card('operateur.gestionnaire')]).toEqual([
    { echeances_a_accorder: [1, HERE] },
    { echeances_a_accorder: [1, HERE] },
  ])
  // whoever prepares payments closes lots, and agrees to nothing
  expect(await card('operateur.finance_preparateur')).toEqual({})
  await world.as('operateur.gestionnaire').post(`${HERE}/accords`, { etape: 'constat' })
  expect([await card('collectivite.gestionnaire'), await card('operateur.gestionnaire')]).toEqual([{ echeances_a_accorder: [1, HERE] }, {}])
})

test('the statement to sign, then the lot to close; closed, nobody is asked anything', async () => {
  await tend(world, '2026-08-06')
  expect([await card('collectivite.administrateur'), await card('operateur.gestionnaire')]).toEqual([
    { echeances_a_accorder: [1, HERE] },
    { echeances_a_accorder: [1, HERE] },
  ])
  await signReleve(world)
  expect(await card('collectivite.administrateur')).toEqual({})
  for (const who of ['operateur.gestionnaire', 'operateur.finance_preparateur'] as const)
    expect([who, await card(who), await lot(who, 'cloture')]).toEqual([who, { echeances_a_clore: [1, HERE] }, [LOT.l1]])
  await world.as('operateur.gestionnaire').post(`${HERE}/cloture`)
  expect([await card('operateur.gestionnaire'), await lot('operateur.gestionnaire', 'cloture')]).toEqual([{}, []])
})

test('said in SQL or by the domain, day by day, whatever the statut, the agreements and the tolerance: the same', async () => {
  const statuts: EcheanceStatut[] = ['en_cours', 'releve', 'cloture', 'close', 'prolongee']
  const accords: [AccordEtape, Partie][] = [
    ['arret_distribution', 'collectivite'],
    ['constat', 'collectivite'],
    ['constat', 'operateur'],
    ['releve', 'collectivite'],
    ['releve', 'operateur'],
  ]
  const days = [-31, -30, -29, -16, -15, -8, -7, -6, 0, 1, 29, 30, 31, 34, 35, 36, 37, 38, 45, 46, 49, 50, 51, 70].map((n) =>
    addDays(FIN, n),
  )
  const subsets = Array.from({ length: 2 ** accords.length }, (_, bits) => accords.filter((__, i) => (bits >> i) & 1))
  const faults: string[] = []
  await world.sql.query('begin')
  await world.sql.query('alter table echeance_accord disable trigger user')
  let compared = 0
  for (const toleranceJours of [30, 45])
    for (const given of subsets) {
      await world.sql.query(`update convention set tolerance_jours = $1 where id = $2`, [toleranceJours, CONVENTION.cv1])
      await world.sql.query('delete from echeance_accord')
      for (const [etape, partie] of given)
        await world.sql.query(
          `insert into echeance_accord (collectivite_id, echeance_id, etape, partie, version, operateur_id, jour, acteur, utilisateur_id, at)
           select collectivite_id, id, $1, $2, case $1 when 'releve' then releve_version else 0 end, operateur_id, $3, 'X', $4, now() from echeance where lot_id = $5 and date_fin = $3`,
          [etape, partie, FIN, PEOPLE['operateur.gestionnaire'].utilisateurId, LOT.l1],
        )
      const values = statuts.flatMap((statut) => days.map((day) => ({ statut, day })))
      for (const partie of PARTIES)
        for (const what of A_FAIRE_ECHEANCE) {
          const { text, values: bound } = toText(aFaireSql(what, partie, '@'))
          const { rows } = await world.sql.query<{ statut: EcheanceStatut; day: string; waits: boolean }>(
            `select s.statut, s.day::text, ${text} waits from unnest($${bound.length + 1}::text[], $${bound.length + 2}::date[]) s(statut, day)
               join lot l on l.id = '${LOT.l1}' join convention v on v.id = l.convention_id
               cross join lateral (select x.collectivite_id, x.id, x.date_fin, x.releve_version, s.statut from echeance x where x.lot_id = l.id and x.date_fin = '${FIN}') e`,
            [...bound, values.map(({ statut }) => statut), values.map(({ day }) => day)],
          )
          for (const { statut, day, waits } of rows) {
            const suivi: Suivi = { dateFin: FIN, toleranceJours, statut, accords: given.map(([etape, side]) => ({ etape, partie: side })) }
            compared += 1
            if (waits !== (aFaireOf(suivi, partie, day) === what)) faults.push(JSON.stringify({ ...suivi, partie, what, day, waits }))
          }
        }
    }
  await world.sql.query('rollback')
  expect(faults.slice(0, 5)).toEqual([])
  expect(compared).toBe(2 * 32 * 5 * days.length * 4)
})

/** The fragment as text, the day it is asked for read from each row. */
const toText = (fragment: ReturnType<typeof sql>) => {
  const values = fragment.values.filter((value) => value !== '@')
  let rank = 0
  const text = fragment.strings.reduce((all, part, i) => {
    if (i === 0) return part
    const value = fragment.values[i - 1]
    if (value === '@') return `${all}s.day::text${part}`
    rank += 1
    return `${all}$${rank}${typeof value === 'string' ? '::text' : ''}${part}`
  }, '')
  return { text, values }
}
