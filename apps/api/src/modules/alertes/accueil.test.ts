import { ROLES } from '@pass/domain/organisations.ts'
import { afterAll, expect, test } from 'vitest'
import { ACTE, ATELIER, ATTRIBUTION, BORDEREAU, COMMANDE, CONVENTION, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { CARDS } from './cards.ts'

const world = await createWorld()
afterAll(() => world.close())

type Card = { code: string; nombre: number; titre: string; lien: string }
const cards = async (who: Parameters<typeof world.as>[0]): Promise<Card[]> => (await world.as(who).get('/accueil')).json().aFaire
const brief = async (who: Parameters<typeof world.as>[0]) =>
  Object.fromEntries((await cards(who)).map(({ code, nombre, lien }) => [code, [nombre, lien]]))

test('a gestionnaire of a collectivité: the quote, the proof, the parcel, the slow attribution; five at most', async () => {
  expect(await brief('collectivite.gestionnaire')).toEqual({
    devis_a_signer: [1, `/commandes/${COMMANDE.devis}`],
    maquette_a_valider: [1, `/commandes/${COMMANDE.maquette_a_valider}`],
    commande_a_recevoir: [1, `/commandes/${COMMANDE.expediee}`],
    attribution_en_route: [1, '/attributions?enRetard=true'],
  })
  await world.sql.query(`update commande set numero_mandat = null where id = $1`, [COMMANDE.c1])
  await world.sql.query(`update carnet set attribue_at = '2026-01-01' where collectivite_id = $1 and statut = 'attribue'`, [ORG.t1])
  const five = await brief('collectivite.gestionnaire')
  expect(Object.keys(five)).toEqual([
    'devis_a_signer',
    'maquette_a_valider',
    'commande_a_recevoir',
    'mandat_a_saisir',
    'attribution_en_route',
  ])
  expect((await brief('collectivite.administrateur')).convention_a_signer).toEqual([1, `/conventions/${CONVENTION.brouillon}`])
  await world.sql.query(`update commande set statut = 'signee' where id = any ($1)`, [[COMMANDE.devis, COMMANDE.maquette_a_valider]])
  expect((await brief('collectivite.gestionnaire')).carnets_dormants).toEqual([3, '/stock/couverture?niveau=dormant'])
})

test('the operator: each person sees their own step only', async () => {
  const gestion = await brief('operateur.gestionnaire')
  expect(gestion).toMatchObject({
    devis_a_etablir: [1, `/commandes/${COMMANDE.brouillon}`],
    maquette_a_proposer: [4, '/commandes?tour=operateur'],
    commande_a_produire: [1, `/commandes/${COMMANDE.maquette_validee}`],
    commande_a_expedier: [1, `/commandes/${COMMANDE.en_production}`],
  })
  expect(await brief('operateur.finance_preparateur')).toEqual({ bordereaux_a_controler: [1, `/bordereaux/${BORDEREAU.fevrier}`] })
  expect(await brief('operateur.finance_approbateur')).toEqual({})
  await world.sql.query(`update bordereau set statut = 'controle' where id = $1`, [BORDEREAU.fevrier])
  expect(await brief('operateur.finance_approbateur')).toEqual({ bordereaux_a_approuver: [1, `/bordereaux/${BORDEREAU.fevrier}`] })
  await world.sql.query(`update bordereau set statut = 'approuve' where id = $1`, [BORDEREAU.fevrier])
  expect(await brief('operateur.finance_emetteur')).toEqual({ bordereaux_a_transmettre: [1, `/bordereaux/${BORDEREAU.fevrier}`] })
})

test('carnets to activate: received, with a mandate, not active', async () => {
  await world.sql.query(`update commande set numero_mandat = '2026-000017' where id = $1`, [COMMANDE.c1])
  await world.sql.query(`update commande set statut = 'close' where statut = 'maquette_validee'`)
  expect((await brief('operateur.gestionnaire')).carnets_a_activer).toEqual([1, `/commandes/${COMMANDE.c1}`])
})

test('a month waits to be closed 24 hours after its cut-off, for structures that can be paid', async () => {
  world.setClock('2026-04-01T23:59:00+02:00')
  expect((await brief('operateur.finance_preparateur')).mois_a_arreter).toBeUndefined()
  world.setClock('2026-04-02T00:00:00+02:00')
  expect((await brief('operateur.finance_preparateur')).mois_a_arreter).toEqual([1, '/remboursements'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('the operator’s alerts and doubtful uses wait for whoever may decide, and for their own operator only', async () => {
  const alerts = async (who: Parameters<typeof world.as>[0]) => {
    const { alertes_a_traiter, utilisations_a_examiner } = await brief(who)
    return [alertes_a_traiter, utilisations_a_examiner]
  }
  const alerte = [1, '/alertes?statut=ouverte']
  expect(await alerts('operateur.labellisateur')).toEqual([alerte, undefined])
  expect(await alerts('operateur.gestionnaire')).toEqual([alerte, undefined])
  expect(await alerts('operateur.support')).toEqual([undefined, undefined])
  await world.sql.query(
    `update redemption set a_examiner = true, examine_at = null, examine_par = null, examine_motif = null where acte_id = $1`,
    [ACTE.mars],
  )
  expect(await alerts('operateur.labellisateur')).toEqual([alerte, [1, '/a-examiner']])
  expect((await alerts('autre:operateur.labellisateur'))[1]).toBeUndefined()
  await world.sql.query(
    `update alerte set statut = 'classee', decision = 'sans_suite', motif = 'x', decidee_par = $1, decidee_at = now()`,
    [PEOPLE['operateur.gestionnaire'].utilisateurId],
  )
  await world.sql.query(`update redemption set a_examiner = false where acte_id = $1`, [ACTE.mars])
  expect(await alerts('operateur.labellisateur')).toEqual([undefined, undefined])
})

test('prescripteur, structure and ANCT', async () => {
  expect(await brief('prescripteur.agent')).toEqual({ attribution_a_accuser: [1, '/attributions'], carnets_a_remettre: [2, '/remettre'] })
  await world.sql.query(`update atelier set statut = 'annule' where id = $1`, [ATELIER.annule])
  expect(await brief('structure.mediateur')).toEqual({
    ateliers_du_jour: [1, `/ateliers/${ATELIER.a1}`],
    pass_a_payer: [3, '/remboursements'],
  })
  expect(await brief('anct.pilote')).toEqual({
    convention_a_signer: [1, `/conventions/${CONVENTION.brouillon}`],
    acces_a_revoir: [2, '/compte/equipe'],
  })
  expect(await cards('anct.instructeur')).toEqual([])
})

test('the ateliers of the day are those of the place’s own day', async () => {
  const today = async () => (await cards('structure.mediateur')).find(({ code }) => code === 'ateliers_du_jour')?.nombre
  expect(await today()).toBe(1)
  await world.sql.query(`update lieu set fuseau = 'Pacific/Noumea' where organisation_id = $1`, [ORG.s1])
  // 13 h in Paris is 23 h in Nouméa, the same day; an hour later it is the morrow there
  world.setClock('2026-03-10T13:30:00+01:00')
  expect(await today()).toBe(1)
  world.setClock('2026-03-10T14:30:00+01:00')
  expect((await cards('structure.mediateur')).find(({ code }) => code === 'ateliers_du_jour')?.lien).toContain(ATELIER.demain)
  world.setClock('2026-03-10T09:00:00+01:00')
  await world.sql.query(`update lieu set fuseau = 'Europe/Paris' where organisation_id = $1`, [ORG.s1])
})

test('whoever administers sees what waits in the team; colleagues do not', async () => {
  const team = async (who: Parameters<typeof world.as>[0]) => {
    const all = await brief(who)
    return Object.fromEntries(
      ['recuperation_a_decider', 'acces_a_revoir', 'second_facteur_manquant', 'invitation_expiree'].flatMap((code) =>
        all[code] ? [[code, all[code]]] : [],
      ),
    )
  }
  const { organisationId, utilisateurId } = PEOPLE['hub.animateur']
  expect(await team('hub.animateur')).toEqual({ acces_a_revoir: [1, '/compte/equipe'] })
  const revue = (le: string) => world.sql.query('update adhesion set revue_le = $2 where organisation_id = $1', [organisationId, le])
  await revue('2025-09-11')
  expect(await team('hub.animateur')).toEqual({})
  await revue('2025-09-10')
  expect(await team('hub.animateur')).toEqual({ acces_a_revoir: [1, '/compte/equipe'] })
  await revue('2026-03-10')
  await world.sql.query(
    `insert into invitation (organisation_id, courriel, prenom, nom, role, cree_par, expire_at, statut) values
       ($1, 'a@exemple.fr', 'A', 'A', 'hub.animateur', $2, '2026-03-10T08:00:00Z', 'envoyee'), ($1, 'b@exemple.fr', 'B', 'B', 'hub.animateur', $2, '2026-03-10T08:00:01Z', 'envoyee'),
       ($1, 'c@exemple.fr', 'C', 'C', 'hub.animateur', $2, '2026-03-09T08:00:00Z', 'acceptee'), ($1, 'd@exemple.fr', 'D', 'D', 'hub.animateur', $2, '2026-02-07T08:00:00Z', 'envoyee')`,
    [organisationId, utilisateurId],
  )
  const ask = (id: string) =>
    world.sql.query(`insert into recuperation (organisation_id, utilisateur_id, expire_at) values ($1, $2, now() + interval '1 day')`, [
      organisationId,
      id,
    ])
  // one's own is somebody else's to decide
  await ask(utilisateurId)
  expect(await team('hub.animateur')).toEqual({ invitation_expiree: [1, '/compte/equipe#invitations'] })
  await ask(PEOPLE['financeur.auditeur'].utilisateurId)
  expect(Object.keys(await team('hub.animateur'))).toEqual(['recuperation_a_decider', 'invitation_expiree'])
  await world.sql.query(`update recuperation set expire_at = now() where organisation_id = $1`, [organisationId])
  expect(Object.keys(await team('hub.animateur'))).toEqual(['invitation_expiree'])
  expect(await team('collectivite.gestionnaire')).toEqual({})
})

test('a role that moves money and has no second factor is shown to whoever administers', async () => {
  await world.sql.query(`update commande set statut = 'close' where statut not in ('brouillon', 'close', 'annulee')`)
  await world.sql.query('update adhesion set revue_le = $1', ['2026-03-10'])
  const missing = async () => (await brief('operateur.gestionnaire')).second_facteur_manquant
  expect(await missing()).toEqual([4, '/compte/equipe'])
  const totp = (confirme: string | null) =>
    world.sql.query(`insert into door.totp (utilisateur_id, secret, cle_id, confirme_at) values ($1, '\\x00', 1, $2)`, [
      PEOPLE['operateur.finance_emetteur'].utilisateurId,
      confirme,
    ])
  await totp(null)
  expect(await missing()).toEqual([4, '/compte/equipe'])
  await totp('2026-03-01')
  expect(await missing()).toEqual([3, '/compte/equipe'])
})

test('every role gets an answer: counts above 0, five cards at most, words without a hole', async () => {
  for (const role of ROLES) {
    const shown = await cards(role)
    expect([role, shown.length <= 5]).toEqual([role, true])
    for (const card of shown) {
      expect(card.nombre).toBeGreaterThan(0)
      expect(card.lien).toMatch(/^\/[a-z]/)
      expect(card.titre).not.toContain('undefined')
    }
  }
})

test('every card has its count and its words in French', () => {
  const codes = Object.values(CARDS).flatMap((list) => list.map(({ code }) => code))
  expect(codes.length).toBeGreaterThan(15)
  for (const card of Object.values(CARDS).flat()) {
    const one = card.mots({ nombre: 1, id: ATTRIBUTION.envoyee })
    expect([one.titre, one.texte, one.action].every((text) => text.length > 3)).toBe(true)
  }
})
