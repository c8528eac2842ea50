import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import { BadInput, type Command, type Io } from '../../platform/cli.ts'
import { openDeps } from '../../platform/process.ts'
import { approuver, controler, etat, preparer, retour, transmettre } from './remboursements-cli.ts'

const world = await createWorld()
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'cli', statementTimeout: 60_000, max: 4 })
const folder = await mkdtemp(join(tmpdir(), 'retours-'))
afterAll(async () => {
  await worker.close()
  await world.close()
  await rm(folder, { recursive: true })
})

const io: Io = {
  json: false,
  config: world.deps.config,
  owner: async () => world.sql,
  deps: async () => ({ ...worker, clock: world.deps.clock }),
  say: () => undefined,
}
const F1 = 'operateur-finance-preparateur@exemple.fr'
const F2 = 'operateur-finance-approbateur@exemple.fr'
const F3 = 'operateur-finance-emetteur@exemple.fr'
const mois = '2026-02'
const run = (command: Command, par: string, args: Record<string, string | boolean> = {}) => command.run(io, { mois, par, ...args })
const done = async (command: Command, par: string, args: Record<string, string | boolean> = {}) => {
  const outcome = await run(command, par, { ...args, execute: true })
  expect([outcome.ok, outcome.lines.join('\n')]).toEqual([true, expect.not.stringContaining('Essai')])
  return outcome
}
/** All that a trial could have left behind. */
const state = async () => {
  const { rows } = await world.sql.query(
    `select (select json_agg(to_json(b) order by b.id) from bordereau b)::text b, (select count(*) from transfer) t, (select count(*) from remise) r, (select count(*) from notification) n,
      (select count(*) from audit_event) a, (select json_agg(to_json(c) order by c.organisation_id, c.nom, c.annee) from compteur c)::text c`,
  )
  return rows[0]
}
const statutOf = async () => (await world.sql.query('select statut from bordereau where id = $1', [BORDEREAU.fevrier])).rows[0].statut

test('a step tried says the same figures as the real one and leaves nothing, not even a number or a journal line', async () => {
  const before = await state()
  const tried = await run(controler, F1)
  expect(tried.lines.join('\n')).toContain('Essai')
  expect(tried.json).toMatchObject({ ok: true, essai: true, references: ['B26-0001'], montantCentimes: 2000 })
  expect(await state()).toEqual(before)
  const real = await done(controler, F1)
  expect(real.json).toMatchObject({ ok: true, essai: false, references: ['B26-0001'], montantCentimes: 2000 })
  expect(await statutOf()).toBe('controle')
})

test('the droit of each person holds, and a refusal is a sentence with exit code 1', async () => {
  await expect(run(approuver, F1, { execute: true })).rejects.toThrow(BadInput)
  await expect(run(approuver, 'personne@exemple.fr')).rejects.toThrow('Vérifiez --par')
  await expect(run(etat, 'collectivite-administrateur@exemple.fr')).rejects.toThrow(BadInput)
  await expect(run(transmettre, F3, { references: 'B26-0001' })).rejects.toThrow('n’attend pas cette étape')
  const early = await run(preparer, F1, { mois: '2026-03', execute: true })
  expect(early).toMatchObject({ ok: false, json: { code: 'bordereau_trop_tot' } })
  expect(early.lines[0]).toMatch(/^Refusé/)
})

test('the month goes to the bank and back: approved, released, executed, each by its person, and the journal names them', async () => {
  await done(approuver, F2)
  const before = await state()
  expect((await run(transmettre, F3)).json).toMatchObject({ essai: true, montantCentimes: 2000 })
  expect(await state()).toEqual(before)
  await done(transmettre, F3)
  expect(await statutOf()).toBe('transmis')
  const model = await world.as('operateur.finance_emetteur').get('/retours-bancaires/modele.csv')
  const fichier = join(folder, 'banque.csv')
  await writeFile(fichier, model.rawPayload)
  expect((await run(retour, F3, { fichier })).json).toMatchObject({ essai: true, executes: 1, rejetes: 0 })
  expect(await statutOf()).toBe('transmis')
  expect((await done(retour, F3, { fichier })).json).toMatchObject({ executes: 1, executeCentimes: 2000 })
  expect(await statutOf()).toBe('paye')
  expect(await run(retour, F3, { fichier, execute: true })).toMatchObject({ ok: false, json: { code: 'retour_deja_importe' } })
  expect((await run(etat, F1)).json).toMatchObject({ etats: [{ statut: 'paye', bordereaux: 1, montantCentimes: 2000 }] })
  const { rows } = await world.sql.query(
    `select e.action, e.role, e.statut, u.courriel from audit_event e join utilisateur u on u.id = e.utilisateur_id
      where e.action like 'cli:%' and e.organisation_id = $1 order by e.id`,
    [ORG.o1],
  )
  expect(rows).toEqual([
    { action: 'cli:remboursements controler', role: 'operateur.finance_preparateur', statut: 200, courriel: F1 },
    { action: 'cli:remboursements preparer', role: 'operateur.finance_preparateur', statut: 409, courriel: F1 },
    { action: 'cli:remboursements approuver', role: 'operateur.finance_approbateur', statut: 200, courriel: F2 },
    { action: 'cli:remboursements transmettre', role: 'operateur.finance_emetteur', statut: 200, courriel: F3 },
    { action: 'cli:remboursements retour', role: 'operateur.finance_emetteur', statut: 200, courriel: F3 },
    { action: 'cli:remboursements retour', role: 'operateur.finance_emetteur', statut: 409, courriel: F3 },
  ])
  const { rows: named } = await world.sql.query("select objet from audit_event where action = 'cli:remboursements transmettre'")
  expect(named).toEqual([{ objet: { bordereauIds: [BORDEREAU.fevrier] } }])
  await assertLedger(world.sql)
})

test('the next month is closed after a trial of the same figures; nothing waits afterwards', async () => {
  world.setClock('2026-04-03T08:00:00.000Z')
  const tried = await run(preparer, F1, { mois: '2026-03' })
  const real = await done(preparer, F1, { mois: '2026-03' })
  const figures = ({ json }: { json: unknown }) => {
    const { pass, montantCentimes, structures } = json as Record<string, number>
    return { pass, montantCentimes, structures }
  }
  expect(figures(real)).toEqual(figures(tried))
  expect(figures(real)).toMatchObject({ structures: 1 })
  expect((await run(preparer, F1, { mois: '2026-03' })).json).toMatchObject({ structures: 0 })
  expect((await run(approuver, F2, { mois: '2026-03' })).lines[0]).toContain('aucun bordereau n’attend cette étape')
})

test('a file that is none of the bank’s is said so, without anything written', async () => {
  const fichier = join(folder, 'image.csv')
  await writeFile(fichier, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))
  await expect(run(retour, F3, { fichier })).rejects.toThrow(BadInput)
  await expect(run(retour, F3, { fichier: join(folder, 'absent.csv') })).rejects.toThrow('ne s’ouvre pas')
})
