import { expect, test } from 'vitest'
import { MODELS } from './models.ts'
import { dit, expediteurOf, OBJET_MAX, render, sujet } from './render.ts'

const SITE = 'https://pass.exemple.fr'
const NAME = `<script>alert("x")</script>\r\nBcc: tous@exemple.fr\u202e https://piege.exemple/ O’Hara & fils`
const LONG = `Communauté d’agglomération ${'du Pays des Mille Étangs et des Vallées '.repeat(4)}`

/** What each model is told, with hostile names wherever somebody typed one. A model without a line here fails. */
const DETAILS: Record<string, Record<string, unknown>> = {
  lien_connexion: { minutes: 15, retour: '/collectivite/commandes?statut=devis' },
  code_preuve: { minutes: 10 },
  recuperation_confirmer: { minutes: 60 },
  recuperation_demandee: { personne: NAME, decidePar: NAME },
  recuperation_accordee: { personne: NAME, decidePar: NAME },
  recuperation_refusee: { personne: NAME, decidePar: NAME },
  invitation: { role: 'collectivite.lecteur', inviteur: NAME, expireAt: '2026-03-17T08:00:00Z', dateFin: '2026-12-31' },
  acces_donne: { role: 'structure.mediateur', dateDebut: '2026-03-10', dateFin: null },
  acces_change: { role: 'operateur.finance_emetteur', dateDebut: '2026-03-10', dateFin: '2026-12-31' },
  acces_retire: { role: 'prescripteur.agent', dateDebut: '2026-03-10', dateFin: null },
  compte_bancaire: { etape: 'propose', ibanMasque: 'FR76 •••• •••• 0189', ancienMasque: null, jour: '2026-03-13' },
  compte_desactive: {},
  mot_de_passe_change: {},
  notification: {
    categorie: 'argent',
    titre: `Virement de 1\u00a0234,50\u00a0€ transmis ${NAME}`,
    texte: NAME,
    lien: '/mediateur/virements/1',
  },
  resume_hebdomadaire: {
    semaine: '2026-03-09',
    sections: [
      { organisation: NAME, cartes: ['2 devis à signer'], nouvelles: ['n1'], autres: 3 },
      { organisation: LONG, cartes: [NAME], nouvelles: [], autres: 0 },
    ],
    titres: { n1: NAME },
  },
}
const WITHOUT_ACTION = ['code_preuve', 'acces_retire', 'compte_desactive']

const mailOf = (modele: string, organisation: string | null = NAME) => {
  const model = MODELS[modele]!
  const secret = model.secret?.nature === 'code' ? '042137' : 'S'.repeat(43)
  const contenu = model.write(DETAILS[modele], { site: SITE, organisation, secret })!
  return { contenu, ...render(contenu, { prenom: NAME, organisation }) }
}

test('every model is looked at here', () => {
  expect(Object.keys(DETAILS).toSorted()).toEqual(Object.keys(MODELS).toSorted())
})

const TAGS = /<(?!\/?(?:html|head|meta|title|body|div|p|a|ul|li)\b|!doctype)/i
const ENGLISH = /\b(please|click|here|your|link|token|login|password|sign|dear|regards|unsubscribe|email|e-mail|mail)\b/i
const FAULTS: [string, RegExp][] = [
  ['a plain space before : ; ! ? % €', / [:;!?%€»]/],
  ['a plain space inside « »', /« /],
  ['a straight apostrophe between letters', /[a-zà-ÿ]'[a-zà-ÿ]/i],
  ['a hole', /undefined|null|NaN|\[object/],
  ['a word of ours alone', /\b(jeton|tenant|scope|injecter)\b/i],
]

test.each(Object.keys(MODELS))('%s: subject, text, one link, HTML without anything unescaped', (modele) => {
  for (const organisation of [NAME, LONG, null]) {
    const { contenu, objet, texte, html } = mailOf(modele, organisation)
    expect(objet.length).toBeLessThanOrEqual(OBJET_MAX)
    expect(objet).toMatch(/^[A-ZÀ-Ý][^\n\r]+[^.\s]$/)
    const links = [...new Set([...texte.matchAll(/https?:\/\/\S+/g)].map(([link]) => link))]
    expect(links).toEqual(WITHOUT_ACTION.includes(modele) ? [] : [contenu.action!.lien])
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(links.map((link) => link.replaceAll('&', '&amp;')))
    for (const link of links) expect(link.startsWith(`${SITE}/`)).toBe(true)
    expect(html).not.toMatch(TAGS)
    expect(html).not.toMatch(/<img|<script|<style|src=|@import|javascript:/i)
    expect(html).toContain('<html lang="fr">')
    expect(texte).not.toMatch(/[\u202e\r]/)
    // what the models say themselves, away from addresses and from the hostile name
    const said = [objet, texte].map((text) =>
      text
        .replace(/https?:\/\/\S+/g, '')
        .replaceAll(dit(NAME), '')
        .replaceAll(dit(NAME, 80), ''),
    )
    for (const text of said) expect(text.replace(/script|alert|piege\.exemple|Bcc|tous@exemple\.fr/g, '')).not.toMatch(ENGLISH)
    for (const [, fault] of FAULTS) expect(said.map((text) => fault.exec(text)?.[0])).toEqual([undefined, undefined])
    expect(texte).toContain('Vous recevez ce')
  }
})

test('the secret of a link is after its #, and nowhere else', () => {
  for (const [modele, { secret }] of Object.entries(MODELS)) {
    if (secret?.nature !== 'lien') continue
    const { texte, objet } = mailOf(modele)
    expect(texte.match(/S{43}/g)).toHaveLength(1)
    expect(texte).toMatch(/#S{43}\n/)
    expect(objet).not.toContain('SSSS')
  }
  expect(mailOf('code_preuve').texte).toContain('\n042 137\n')
  expect(mailOf('code_preuve').objet).not.toContain('042')
})

test('a way back that is not ours is left out', () => {
  const write = (retour: string) =>
    MODELS['lien_connexion']!.write({ minutes: 15, retour }, { site: SITE, organisation: null, secret: 's' })!.action!.lien
  expect(write('/compte/equipe')).toBe(`${SITE}/connexion/lien?retour=%2Fcompte%2Fequipe#s`)
  for (const bad of ['//piege.exemple', 'https://piege.exemple', '/\\piege', '/a\nb']) expect(write(bad)).toBe(`${SITE}/connexion/lien#s`)
})

test('names: one line, no link, cut; senders and subjects keep their beginning', () => {
  expect(dit('  Ada\r\n\tMartin\u200b ')).toBe('Ada Martin')
  expect(dit('Voir HTTPS://piege.exemple et www.piege.exemple')).toBe('Voir piege.exemple et piege.exemple')
  expect(dit('a'.repeat(300))).toHaveLength(120)
  expect(expediteurOf('Ville d’Exemple')).toBe('Pass numérique – Ville d’Exemple')
  expect(expediteurOf(null)).toBe('Pass numérique')
  expect(sujet('Invitation\u00a0: ', LONG)).toMatch(/^Invitation\u00a0: Communauté d’agglomération du Pays.*…$/)
  expect(sujet('Invitation\u00a0: ', 'Ici')).toBe('Invitation\u00a0: Ici')
})
