import { randomUUID } from 'node:crypto'
import { isSiret } from '@pass/domain/organisations.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { AGENTS, SIRET_INCONNU } from '../../../../simulateurs/src/agents.ts'
import { agentBy, openBrowser, PUBLIC_URL, refusal, startTestProvider, type TestProvider } from '../../../test/proconnect.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { ownPath } from './proconnect.ts'
import { PROCONNECT_COOKIE, SESSION_COOKIE } from './tokens.ts'

let provider: TestProvider
let world: World
beforeAll(async () => {
  provider = await startTestProvider()
  world = await createWorld({ config: { proconnect: provider.settings, publicUrl: PUBLIC_URL } })
})
afterAll(async () => {
  await world.close()
  await provider.close()
})

const CAMILLE = 'collectivite-gestionnaire@exemple.fr'
const PAUL = 'prescripteur-agent@exemple.fr'
const browser = () => openBrowser(world, provider)
const sub = async (courriel: string) =>
  (await world.sql.query('select proconnect_sub from utilisateur where courriel = $1', [courriel])).rows[0]?.proconnect_sub

test('an agent signs in by ProConnect, in the organisation of their SIRET, and lands in its app', async () => {
  const camille = browser()
  const { statut, vers } = await camille.leave()
  const asked = new URL(vers)
  expect([statut, asked.origin, asked.pathname]).toEqual([303, provider.issuer, '/auth'])
  const parameters = Object.fromEntries(asked.searchParams)
  expect(parameters).toMatchObject({
    client_id: provider.settings.clientId,
    redirect_uri: `${PUBLIC_URL}/api/session/proconnect/retour`,
    response_type: 'code',
    scope: 'openid given_name usual_name email uid siret idp_id',
    acr_values: 'eidas1',
    code_challenge_method: 'S256',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(parameters[name]!.length).toBeGreaterThanOrEqual(32)
  expect(vers).not.toContain(provider.settings.clientSecret)
  expect(await camille.back(await camille.choose(vers, CAMILLE))).toEqual({ statut: 303, vers: '/collectivite/' })
  expect(camille.ours.has(PROCONNECT_COOKIE)).toBe(false)
  const session = (await camille.call('GET', '/api/session')).json()
  expect(session).toMatchObject({
    utilisateur: { id: PEOPLE['collectivite.gestionnaire'].utilisateurId },
    organisation: { id: ORG.t1 },
    secondFacteur: { prouve: false },
    preuve: { restantSecondes: 0 },
  })
  expect(await sub(CAMILLE)).toBe(agentBy(CAMILLE).sub)
  const { rows } = await world.sql.query(
    "select action, objet ->> 'methode' as methode from audit_event where utilisateur_id = $1 order by id",
    [PEOPLE['collectivite.gestionnaire'].utilisateurId],
  )
  expect(rows).toEqual([
    { action: 'proconnect.lie', methode: null },
    { action: 'session.ouverte', methode: 'proconnect' },
  ])
  expect((await world.sql.query('select count(*)::int as n from door.proconnect')).rows[0].n).toBe(0)
})

test('the page asked for before is the one come back to; one of another site, or of another’s app, is not', async () => {
  expect(await browser().signIn(CAMILLE, '/collectivite/commandes?statut=devis')).toEqual({
    statut: 303,
    vers: '/collectivite/commandes?statut=devis',
  })
  for (const elsewhere of ['//ailleurs.fr/', 'https://ailleurs.fr/', '/\\ailleurs.fr', '/anct/conventions', '/anct'])
    expect(await browser().signIn(CAMILLE, elsewhere)).toEqual({ statut: 303, vers: '/collectivite/' })
})

test('only a path of ours is come back to', () => {
  for (const own of ['/', '/collectivite/', '/mediateur/ateliers?jour=2026-03-10#liste', '/connexion'])
    expect(ownPath(own, PUBLIC_URL)).toBe(own)
  expect(ownPath('/carte?ville=Guéret', PUBLIC_URL)).toBe('/carte?ville=Gu%C3%A9ret')
  for (const wrong of [
    undefined,
    '',
    'collectivite/',
    '//ailleurs.fr',
    '///ailleurs.fr',
    '/\\ailleurs.fr',
    '/\t/ailleurs.fr',
    '/\n/ailleurs.fr',
    ' /collectivite',
    '/.//ailleurs.fr',
    '/a/..//ailleurs.fr',
    'https://ailleurs.fr/',
    'javascript:alert(1)',
    `${PUBLIC_URL}/collectivite/`,
    '/api/session/proconnect',
    '/api',
    '/carte\r\nSet-Cookie: a=b',
  ])
    expect([wrong, ownPath(wrong, PUBLIC_URL)]).toEqual([wrong, null])
})

test('whoever cancels is told so', async () => {
  expect(await browser().signIn(null)).toEqual(refusal('annulee'))
})

test('a SIRET that nobody knows is named, and one known to a stranger', async () => {
  const ugo = browser()
  expect(await ugo.signIn('ugo-inconnu@exemple.fr')).toEqual(refusal('siret_inconnu', SIRET_INCONNU))
  expect(ugo.ours.has(SESSION_COOKIE)).toBe(false)
  expect(await browser().signIn('nadia-nouvelle@exemple.fr')).toEqual(refusal('pas_membre', '22230001000013'))
})

test('an invitation that waits is recalled, as long as it holds', async () => {
  const id = randomUUID()
  await world.sql.query(
    "insert into invitation (organisation_id, id, courriel, prenom, nom, role, cree_par, expire_at) values ($1, $2, 'nadia-nouvelle@exemple.fr', 'Nadia', 'Nouvelle', 'collectivite.lecteur', $3, '2026-03-10T08:00:01Z')",
    [ORG.t1, id, PEOPLE['collectivite.administrateur'].utilisateurId],
  )
  expect(await browser().signIn('nadia-nouvelle@exemple.fr')).toEqual(refusal('invitation_en_attente', '22230001000013'))
  await world.sql.query("update invitation set expire_at = '2026-03-10T08:00:00Z' where id = $1", [id])
  expect(await browser().signIn('nadia-nouvelle@exemple.fr')).toEqual(refusal('pas_membre', '22230001000013'))
  await world.sql.query("update invitation set expire_at = '2026-03-11T08:00:00Z', statut = 'annulee' where id = $1", [id])
  expect(await browser().signIn('nadia-nouvelle@exemple.fr')).toEqual(refusal('pas_membre', '22230001000013'))
})

test('a member of another organisation only is no member of this one; an adhesion that ended is none', async () => {
  const { adhesionId } = PEOPLE['collectivite.lecteur']
  await world.sql.query("update adhesion set date_fin = '2026-03-09' where id = $1", [adhesionId])
  expect(await browser().signIn('collectivite-lecteur@exemple.fr')).toEqual(refusal('pas_membre', '22230001000013'))
  expect(await sub('collectivite-lecteur@exemple.fr')).toBeNull()
  await world.sql.query('update adhesion set date_fin = null, organisation_id = $2 where id = $1', [adhesionId, ORG.t2])
  expect(await browser().signIn('collectivite-lecteur@exemple.fr')).toEqual(refusal('pas_membre', '22230001000013'))
})

test('a disabled person stays out, and no session is opened', async () => {
  const { utilisateurId } = PEOPLE['prescripteur.responsable']
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [utilisateurId])
  const rosa = browser()
  expect(await rosa.signIn('prescripteur-responsable@exemple.fr')).toEqual(refusal('compte_desactive'))
  expect(rosa.ours.has(SESSION_COOKIE)).toBe(false)
})

test('known by the identifier from then on: a new address is followed, an address already linked is refused', async () => {
  expect((await browser().signIn(PAUL)).vers).toBe('/prescripteur/')
  await world.sql.query("update utilisateur set courriel = 'paul.temoin@exemple.fr' where id = $1", [
    PEOPLE['prescripteur.agent'].utilisateurId,
  ])
  expect((await browser().signIn(PAUL)).vers).toBe('/prescripteur/')
  await world.sql.query("update utilisateur set courriel = $2, proconnect_sub = 'quelqu-un-d-autre' where id = $1", [
    PEOPLE['prescripteur.agent'].utilisateurId,
    PAUL,
  ])
  expect(await browser().signIn(PAUL)).toEqual(refusal('compte_deja_lie'))
  expect(await sub(PAUL)).toBe('quelqu-un-d-autre')
})

test('signing out sends the browser to ProConnect, which forgets too: the next sign-in asks again', async () => {
  const camille = browser()
  await camille.signIn(CAMILLE)
  // still known there: nothing is asked
  const again = await camille.follow((await camille.leave()).vers)
  expect(again.url.pathname).toBe('/api/session/proconnect/retour')
  const { suite } = (await camille.call('DELETE', '/api/session')).json()
  const url = new URL(suite)
  expect([url.origin, url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
    provider.issuer,
    '/session/end',
    `${PUBLIC_URL}/connexion`,
  ])
  expect(url.searchParams.get('state')!.length).toBeGreaterThanOrEqual(32)
  const { html } = await camille.follow(suite)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)![1]!
  const out = await camille.follow('/session/end/confirm', { xsrf, logout: 'yes' })
  expect(`${out.url.origin}${out.url.pathname}`).toBe(`${PUBLIC_URL}/connexion`)
  expect((await camille.call('GET', '/api/session')).statusCode).toBe(401)
  expect((await camille.follow((await camille.leave()).vers)).html).toContain('Qui se connecte')
  expect(
    (await world.sql.query('select count(*)::int as n from session where ended_at is not null and id_token is not null')).rows[0].n,
  ).toBe(0)
})

test('a session that did not come from ProConnect ends here', async () => {
  expect((await world.as('collectivite.administrateur').del('/session')).json()).toEqual({ deconnecte: true, suite: null })
})

test('the agents of the provider are people of the seed, in the organisation of their SIRET', async () => {
  const fresh = await createWorld()
  const strangers: string[] = []
  try {
    for (const { email, siret, given_name, usual_name } of AGENTS.base) {
      const { rows } = await fresh.sql.query(
        'select u.prenom, u.nom from utilisateur u join adhesion a on a.utilisateur_id = u.id join organisation o on o.id = a.organisation_id where u.courriel = $1 and o.siret = $2',
        [email, siret],
      )
      if (rows.length === 0) strangers.push(email)
      else expect(rows).toEqual([{ prenom: given_name, nom: usual_name }])
    }
  } finally {
    await fresh.close()
  }
  expect(strangers).toEqual(['nadia-nouvelle@exemple.fr', 'ugo-inconnu@exemple.fr'])
  expect(isSiret(SIRET_INCONNU)).toBe(true)
})
