import { formatDay } from '@pass/domain/days.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, ORG, PEOPLE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { newAccount } from '../../../test/accounts.ts'
import { openMailbox, type Received } from '../../../test/mailbox.ts'
import { createWorld, NOW } from '../../../test/world.ts'
import { MODELS } from './models.ts'
import { OBJET_MAX } from './render.ts'

// every mail of the service: asked by its own business path, sent by the worker through SMTP, read back from the catcher
const mailbox = await openMailbox()
const world = await createWorld({ config: { ...mailbox.config, publicUrl: 'https://pass.exemple.fr' } })
const worker = new pg.Client({ connectionString: world.urls.workerUrl })
await worker.connect()
afterAll(async () => {
  await worker.end()
  await world.close()
  await mailbox.close()
})

const SITE = 'https://pass.exemple.fr'
const CREUSE = 'Pass numérique – Département de la Creuse'
const courrielOf = async (who: PersonKey): Promise<string> =>
  (await world.sql.query('select courriel from utilisateur where id = $1', [PEOPLE[who].utilisateurId])).rows[0].courriel
type Answer = Awaited<ReturnType<ReturnType<typeof world.as>['post']>>
const ok = async (call: Promise<Answer>): Promise<Answer> => {
  const response = await call
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response
}
const jetonOf = ({ lien }: Received) => new URL(lien!).hash.slice(1)
const seen = new Set<string>()

type Expected = { a: string; objet: RegExp; de?: string; prenom?: string; dit: RegExp; lien?: RegExp | null }
/** Sends what waits, and reads the mail of this model for this address. */
const read = async (modele: string, { a, objet, de = 'Pass numérique', prenom, dit, lien = null }: Expected): Promise<Received> => {
  await world.runJobs()
  const mail = await mailbox.last(a, modele)
  seen.add(modele)
  expect(mail.de).toBe(`${de} <ne-pas-repondre@pass-numerique.invalid>`)
  expect(mail.objet).toMatch(objet)
  expect(mail.objet.length).toBeLessThanOrEqual(OBJET_MAX)
  expect(mail.texte.split('\n')[0]).toBe(prenom ? `Bonjour ${prenom},` : 'Bonjour,')
  expect(mail.texte.replaceAll('\u00a0', ' ')).toMatch(dit)
  expect(mail.html).toContain('<html lang="fr">')
  expect(mail.at).toBe(NOW)
  expect(mail.entetes['auto-submitted']).toBe('auto-generated')
  expect(mail.entetes).not.toHaveProperty('list-unsubscribe')
  if (lien === null) expect(mail.lien).toBeNull()
  else {
    expect(mail.lien!.startsWith(`${SITE}/`)).toBe(true)
    expect(mail.lien!.slice(SITE.length)).toMatch(lien)
    expect(mail.html).toContain(mail.lien!.replaceAll('&', '&amp;'))
  }
  return mail
}
const JETON = '#[\\w-]{43}$'
const link = (path: string) => new RegExp(`^${path}${JETON}`)

test('lien_connexion: the link opens a session, once', async () => {
  const { courriel } = await newAccount(world)
  await ok(world.anonymous().post('/session/lien', { courriel }))
  const mail = await read('lien_connexion', {
    a: courriel,
    prenom: 'Nina',
    objet: /^Connexion\u00a0: votre lien, valable 15\u00a0minutes$/,
    dit: /une seule fois, pendant 15 minutes/,
    lien: link('/connexion/lien'),
  })
  const opened = await ok(world.anonymous().post('/session/lien/ouverture', { jeton: jetonOf(mail) }))
  expect(opened.statusCode).toBe(201)
  expect(opened.json().utilisateur.prenom).toBe('Nina')
  const again = await world.anonymous().post('/session/lien/ouverture', { jeton: jetonOf(mail) })
  expect([again.statusCode, again.json().code]).toEqual([409, 'lien_perime'])
})

test('lien_connexion: the way back goes along, outside the secret', async () => {
  const { courriel } = await newAccount(world)
  await ok(world.anonymous().post('/session/lien', { courriel, retour: '/collectivite/commandes?page=2' }))
  const mail = await read('lien_connexion', {
    a: courriel,
    prenom: 'Nina',
    objet: /^Connexion/,
    dit: /Me connecter/,
    lien: /^\/connexion\/lien\?/,
  })
  expect(mail.lien).toMatch(/\/connexion\/lien\?retour=%2Fcollectivite%2Fcommandes%3Fpage%3D2#[\w-]{43}$/)
})

test('an unknown address gets no mail', async () => {
  await ok(world.anonymous().post('/session/lien', { courriel: 'personne@exemple.fr' }))
  await world.runJobs()
  await expect(mailbox.last('personne@exemple.fr')).rejects.toThrow('no mail')
})

test('code_preuve: the code proves, once', async () => {
  const me = await newAccount(world)
  const session = world.asWith(me, { secondFacteur: false, preuve: false })
  await ok(session.post('/session/preuve/courriel/envoi'))
  const mail = await read('code_preuve', {
    a: me.courriel,
    de: CREUSE,
    prenom: 'Nina',
    objet: /^Code de vérification, valable 10\u00a0minutes$/,
    dit: /\n\d{3} \d{3}\n/,
  })
  expect(mail.objet).not.toContain(mail.code!.slice(0, 3))
  const proved = await ok(session.post('/session/preuve/courriel', { code: mail.code }))
  expect(proved.json().preuve.restantSecondes).toBeGreaterThan(500)
  expect((await session.post('/session/preuve/courriel', { code: mail.code })).statusCode).toBe(409)
})

test('recuperation: confirmed by the link, told to the person and to who decides, then accepted or refused', async () => {
  for (const [issue, dit] of [
    ['accordee', /a accepté votre demande/],
    ['refusee', /a refusé votre demande/],
  ] as const) {
    await mailbox.empty()
    const { courriel } = await newAccount(world, { totp: true })
    await ok(world.anonymous().post('/session/recuperation', { courriel }))
    const asked = await read('recuperation_confirmer', {
      a: courriel,
      prenom: 'Nina',
      objet: /^Second facteur perdu\u00a0: confirmez/,
      dit: /Confirmez votre demande par ce lien/,
      lien: link('/recuperation'),
    })
    const confirmed = await ok(world.anonymous().post('/session/recuperation/confirmation', { jeton: jetonOf(asked) }))
    expect(confirmed.json().decidePar).toContain('Creuse')
    await read('recuperation_demandee', {
      a: courriel,
      de: CREUSE,
      prenom: 'Nina',
      objet: /enregistrée$/,
      dit: /Une personne qui administre Département de la Creuse décide/,
      lien: /^\/aide$/,
    })
    await read('notification', {
      a: await courrielOf('collectivite.administrateur'),
      de: CREUSE,
      prenom: 'Claire',
      objet: /./,
      dit: /Nina Neuve/,
      lien: /^\/compte\/equipe/,
    })
    const { rows } = await world.sql.query(
      'select r.id from recuperation r join utilisateur u on u.id = r.utilisateur_id where u.courriel = $1',
      [courriel],
    )
    const admin = world.as('collectivite.administrateur')
    await ok(
      issue === 'accordee'
        ? admin.post(`/recuperations/${rows[0].id}/accord`, { verifie: true })
        : admin.post(`/recuperations/${rows[0].id}/refus`),
    )
    await read(`recuperation_${issue}`, {
      a: courriel,
      de: CREUSE,
      prenom: 'Nina',
      objet: issue === 'accordee' ? /acceptée$/ : /refusée$/,
      dit,
      lien: issue === 'accordee' ? /^\/connexion$/ : /^\/aide$/,
    })
  }
})

const invite = (courriel: string, role: string) =>
  ok(
    world
      .as('collectivite.administrateur')
      .post('/invitations', { courriel, prenom: 'Iris', nom: 'Invitée', role, territoire: [], dateFin: '2026-12-31' }),
  )

test('invitation: the link tells the invitation, then lets the person in; the former link opens nothing once it is sent again', async () => {
  const courriel = 'iris@exemple.fr'
  const sent = await invite(courriel, 'collectivite.lecteur')
  const expected = {
    a: courriel,
    de: CREUSE,
    prenom: 'Iris',
    objet: /^Invitation\u00a0: rejoindre Département de la Creuse$/,
    dit: /Claire Essai vous invite à rejoindre Département de la Creuse[\s\S]*Consulte les tableaux[\s\S]*jeudi 31 décembre 2026[\s\S]*mardi 17 mars 2026/,
    lien: link('/invitation'),
  }
  const first = await read('invitation', expected)
  await ok(world.as('collectivite.administrateur').post(`/invitations/${sent.json().id}/renvoi`))
  const second = await read('invitation', expected)
  expect(jetonOf(second)).not.toBe(jetonOf(first))
  const anonymous = world.anonymous()
  expect((await anonymous.post('/session/invitation/lecture', { jeton: jetonOf(first) })).json().code).toBe('lien_perime')
  const told = await ok(anonymous.post('/session/invitation/lecture', { jeton: jetonOf(second) }))
  expect(told.json()).toMatchObject({
    organisation: 'Département de la Creuse',
    role: 'collectivite.lecteur',
    courriel,
    par: 'Claire Essai',
  })
  const accepted = await ok(
    anonymous.post('/session/invitation', { jeton: jetonOf(second), prenom: 'Iris', nom: 'Invitée', motDePasse: null }),
  )
  expect(accepted.json().session).toMatchObject({ utilisateur: { prenom: 'Iris' }, role: 'collectivite.lecteur' })
})

test('acces_donne, acces_change, acces_retire: somebody who has an account already', async () => {
  const { courriel } = await newAccount(world, { organisationId: ORG.p1, role: 'prescripteur.agent' })
  await invite(courriel, 'collectivite.lecteur')
  await world.runJobs()
  const mail = await mailbox.last(courriel, 'invitation')
  await ok(world.anonymous().post('/session/invitation', { jeton: jetonOf(mail), prenom: 'Nina', nom: 'Neuve', motDePasse: null }))
  const access = { a: courriel, de: CREUSE, prenom: 'Nina' }
  await read('acces_donne', {
    ...access,
    objet: /^Accès ouvert\u00a0: Département de la Creuse$/,
    dit: /à partir du mardi 10 mars 2026[\s\S]*Lecture[\s\S]*prend fin le jeudi 31 décembre 2026/,
    lien: /^\/connexion$/,
  })
  const { rows } = await world.sql.query(
    'select a.id from adhesion a join utilisateur u on u.id = a.utilisateur_id where u.courriel = $1 and a.organisation_id = $2',
    [courriel, ORG.t1],
  )
  const admin = world.as('collectivite.administrateur')
  await ok(admin.put(`/membres/${rows[0].id}`, { role: 'collectivite.gestionnaire', territoire: [], dateFin: null }))
  await read('acces_change', {
    ...access,
    objet: /^Accès modifié\u00a0: Département de la Creuse$/,
    dit: /Gestion\. Prépare les commandes/,
    lien: /^\/compte\/$/,
  })
  await ok(admin.del(`/membres/${rows[0].id}`))
  const last = await read('acces_retire', { ...access, objet: /^Accès retiré\u00a0: /, dit: /\(Gestion\) est retiré dès maintenant/ })
  expect((await mailbox.all()).filter(({ a, at }) => a === courriel && at === last.at)).toHaveLength(4)
})

test('compte_desactive: told although the account is closed; what else waited for the person is not', async () => {
  const { courriel, utilisateurId } = await newAccount(world)
  await ok(world.anonymous().post('/session/lien', { courriel }))
  await ok(world.as('anct.pilote').post(`/utilisateurs/${utilisateurId}/desactivation`, { motif: 'Ordinateur volé.' }))
  const mail = await read('compte_desactive', {
    a: courriel,
    de: 'Pass numérique – Agence nationale de la cohésion des territoires',
    prenom: 'Nina',
    objet: /^Compte désactivé/,
    dit: /vous ne pouvez plus vous connecter/,
  })
  expect(mail.texte).not.toContain('volé')
  await expect(mailbox.last(courriel, 'lien_connexion')).rejects.toThrow('no mail')
})

test('mot_de_passe_change', async () => {
  const me = await newAccount(world)
  await ok(world.as(me).put('/moi/mot-de-passe', { motDePasse: 'trente-deux girafes lisent au zinc' }))
  const mail = await read('mot_de_passe_change', {
    a: me.courriel,
    de: CREUSE,
    prenom: 'Nina',
    objet: /^Mot de passe/,
    dit: /vient d’être changé/,
    lien: /^\/compte\/sessions$/,
  })
  expect(mail.texte).not.toContain('girafes')
})

test('notification: money is told at once, with its amount and the way to it', async () => {
  await mailbox.empty()
  await ok(
    world.as('operateur.finance_preparateur').post(`/commandes/${COMMANDE.en_production}/encaissements`, {
      montantCentimes: 12_345,
      referenceVirement: 'VIR-M',
      dateReception: '2026-03-10',
    }),
  )
  await read('notification', {
    a: await courrielOf('collectivite.gestionnaire'),
    de: CREUSE,
    prenom: 'Camille',
    objet: /^Commande 2026-\d{4}\u00a0: 123,45\u00a0€ reçus$/,
    dit: /a reçu 123,45 € pour la commande/,
    lien: new RegExp(`^/collectivite/commandes/${COMMANDE.en_production}$`),
  })
  await expect(mailbox.last(await courrielOf('collectivite.lecteur'))).rejects.toThrow('no mail')
})

test('compte_bancaire: the address of an account is told of the one that would replace it, masked', async () => {
  await ok(
    world.as('structure.responsable').post('/comptes-bancaires', {
      titulaire: 'Tiers-lieu Le Chai',
      iban: 'FR7630006000011234567890189',
      bic: null,
      contact: 'nouveau@exemple.fr',
    }),
  )
  const expected = {
    de: 'Pass numérique – Tiers-lieu Le Chai',
    objet: /^Compte bancaire\u00a0: un changement est demandé$/,
    dit: /Le compte FR76 •••• •••• 0189 est proposé[\s\S]*vendredi 13 mars 2026/,
    lien: /^\/mediateur\/compte-bancaire$/,
  }
  const mail = await read('compte_bancaire', { ...expected, a: 'nouveau@exemple.fr' })
  expect(mail.texte).not.toContain('30006000')
  await read('compte_bancaire', { ...expected, a: 'tresorerie@exemple.fr' })
})

test('resume_hebdomadaire: on Monday, what waits and what was not read', async () => {
  world.setClock('2026-03-16T08:00:00+01:00')
  await worker.query("select graphile_worker.add_job('send-digests')")
  await world.runJobs()
  world.setClock(NOW)
  const mail = await mailbox.last(await courrielOf('collectivite.gestionnaire'), 'resume_hebdomadaire')
  seen.add('resume_hebdomadaire')
  expect(mail.de).toBe(`${CREUSE} <ne-pas-repondre@pass-numerique.invalid>`)
  expect(mail.objet).toBe(`Semaine du ${formatDay('2026-03-16')}\u00a0: ce qui vous attend`)
  expect(mail.texte).toContain('- 1 devis à signer\n')
  expect(mail.lien).toBe(`${SITE}/connexion`)
})

test('no model is left unread', () => {
  expect([...seen].toSorted()).toEqual(Object.keys(MODELS).toSorted())
})
