import { formatDay, formatLongDay, parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { ROLE_LABELS, ROLE_SENTENCES, ROLES } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { type Contenu, dit, sujet } from './render.ts'

/** What a model is given besides its own subject. */
export type Lieu = {
  /** Origin of the site. */
  site: string
  organisation: string | null
  /** The secret of the mail: the token of its link, or its code. Made as the mail leaves. */
  secret: string
}
/** A secret to make, and the row that keeps its hash. */
export type Secret = { nature: 'lien' | 'code'; de: 'jetonId' | 'invitationId' }
type Model<T> = { secret?: Secret; details: z.ZodType<T>; write: (details: T, lieu: Lieu) => Contenu }
type AnyModel = { secret?: Secret; write: (details: unknown, lieu: Lieu) => Contenu | null }

/** Null details mean that what the mail speaks of is gone. */
const model = <T>({ secret, details, write }: Model<T>): AnyModel => ({
  ...(secret && { secret }),
  write: (given, lieu) => (given === null ? null : write(details.parse(given), lieu)),
})

const Jeton = z.object({ minutes: z.coerce.number() })
/** A path of the site, where the person was going. */
const chemin = z.string().regex(/^\/(?![/\\])[\w\-./?&=%~:,#+@]*$/)
const Recuperation = z.object({ personne: z.string(), decidePar: z.string() })
const Acces = z.object({ role: z.enum(ROLES), dateDebut: z.string(), dateFin: z.string().nullable() })
const Rien = z.object({})

const minutes = (n: number) => plural(n, 'minute')
const chez = (organisation: string | null) => dit(organisation, 80) || 'votre organisation'
const fin = (dateFin: string | null) => (dateFin ? [`Cet accès prend fin le ${formatLongDay(dateFin)}.`] : [])
const PAS_VOUS = 'Si ce n’est pas vous, ne faites rien'
const VOTRE_COMPTE = 'Vous recevez ce message parce qu’il concerne la sécurité de votre compte. Il ne peut pas être désactivé.'

const vers = (retour: string | undefined) => (retour ? `?retour=${encodeURIComponent(retour)}` : '')

const lienConnexion = model({
  secret: { nature: 'lien', de: 'jetonId' },
  details: Jeton.extend({ retour: chemin.optional().catch(undefined) }),
  write: (details, { site, secret }) => ({
    objet: sujet('Connexion : votre lien, valable ', minutes(details.minutes)),
    phrases: [`Ce lien ouvre votre session. Il sert une seule fois, pendant ${minutes(details.minutes)}.`],
    action: { libelle: 'Me connecter', lien: `${site}/connexion/lien${vers(details.retour)}#${secret}` },
    pourquoi: `Vous recevez ce message parce que votre adresse a été saisie sur la page de connexion. ${PAS_VOUS} : sans ce lien, personne n’entre.`,
  }),
})

const codePreuve = model({
  secret: { nature: 'code', de: 'jetonId' },
  details: Jeton,
  write: (details, { secret }) => ({
    objet: sujet('Code de vérification, valable ', minutes(details.minutes)),
    phrases: [
      `Saisissez ce code dans la fenêtre qui vous le demande. Il sert une seule fois, pendant ${minutes(details.minutes)}. Ne le donnez à personne.`,
    ],
    code: `${secret.slice(0, 3)} ${secret.slice(3)}`,
    pourquoi:
      'Vous recevez ce message parce qu’une opération protégée demande de vérifier que c’est bien vous. Si ce n’est pas vous, fermez vos sessions depuis « Mon compte ».',
  }),
})

const recuperationConfirmer = model({
  secret: { nature: 'lien', de: 'jetonId' },
  details: Jeton,
  write: (details, { site, secret }) => ({
    objet: 'Second facteur perdu : confirmez votre demande',
    phrases: [
      'Vous signalez la perte de votre clé d’accès ou de votre application de codes.',
      `Confirmez votre demande par ce lien. Il sert une seule fois, pendant ${minutes(details.minutes)}. Ensuite, une autre personne vérifie votre identité et décide.`,
    ],
    action: { libelle: 'Confirmer ma demande', lien: `${site}/recuperation#${secret}` },
    pourquoi: `Vous recevez ce message parce que votre adresse a été saisie sur la page « J’ai perdu mon second facteur ». ${PAS_VOUS} : rien ne change sans ce lien.`,
  }),
})

const recuperationDemandee = model({
  details: Recuperation,
  write: ({ decidePar }, { site }) => ({
    objet: 'Second facteur perdu : votre demande est enregistrée',
    phrases: [
      `Une personne qui administre ${dit(decidePar)} décide. Elle vous appelle d’abord, ou vous rencontre, pour vous reconnaître.`,
      'Un courriel vous donne sa décision.',
    ],
    action: { libelle: 'Lire l’aide', lien: `${site}/aide` },
    pourquoi: `${VOTRE_COMPTE} Si vous n’avez rien demandé, prévenez tout de suite ${dit(decidePar)}.`,
  }),
})

const recuperationAccordee = model({
  details: Recuperation,
  write: ({ decidePar }, { site }) => ({
    objet: 'Second facteur perdu : demande acceptée',
    phrases: [
      `${dit(decidePar)} a accepté votre demande. Vos anciens seconds facteurs sont retirés et vos sessions sont fermées.`,
      'Connectez-vous, puis ajoutez une nouvelle clé d’accès ou une application de codes.',
    ],
    action: { libelle: 'Me connecter', lien: `${site}/connexion` },
    pourquoi: `${VOTRE_COMPTE} Si vous n’avez rien demandé, prévenez tout de suite ${dit(decidePar)}.`,
  }),
})

const recuperationRefusee = model({
  details: Recuperation,
  write: ({ decidePar }, { site }) => ({
    objet: 'Second facteur perdu : demande refusée',
    phrases: [`${dit(decidePar)} a refusé votre demande. Rien ne change sur votre compte.`, 'Appelez cette organisation pour en parler.'],
    action: { libelle: 'Lire l’aide', lien: `${site}/aide` },
    pourquoi: VOTRE_COMPTE,
  }),
})

const invitation = model({
  secret: { nature: 'lien', de: 'invitationId' },
  details: z.object({ role: z.enum(ROLES), inviteur: z.string(), expireAt: z.string(), dateFin: z.string().nullable() }),
  write: ({ role, inviteur, expireAt, dateFin }, { site, organisation, secret }) => ({
    objet: sujet('Invitation : rejoindre ', chez(organisation)),
    phrases: [
      `${dit(inviteur)} vous invite à rejoindre ${chez(organisation)} sur le Pass numérique.`,
      `Votre rôle : ${ROLE_LABELS[role]}. ${ROLE_SENTENCES[role]}`,
      ...fin(dateFin),
      `Ce lien sert une seule fois, jusqu’au ${formatLongDay(parisDay(new Date(expireAt)))}. Il est fait pour cette adresse seule.`,
    ],
    action: { libelle: 'Répondre à l’invitation', lien: `${site}/invitation#${secret}` },
    pourquoi: `Vous recevez ce message parce que ${dit(inviteur)} a indiqué votre adresse. Si vous ne connaissez pas cette personne, ne faites rien.`,
  }),
})

const POURQUOI_ACCES = (organisation: string | null) =>
  `Vous recevez ce message parce que vos accès à ${chez(organisation)} changent. Il ne peut pas être désactivé.`

const accesDonne = model({
  details: Acces,
  write: ({ role, dateDebut, dateFin }, { site, organisation }) => ({
    objet: sujet('Accès ouvert : ', chez(organisation)),
    phrases: [
      `Vous avez accès à ${chez(organisation)} à partir du ${formatLongDay(dateDebut)}.`,
      `Votre rôle : ${ROLE_LABELS[role]}. ${ROLE_SENTENCES[role]}`,
      ...fin(dateFin),
    ],
    action: { libelle: 'Me connecter', lien: `${site}/connexion` },
    pourquoi: POURQUOI_ACCES(organisation),
  }),
})

const accesChange = model({
  details: Acces,
  write: ({ role, dateFin }, { site, organisation }) => ({
    objet: sujet('Accès modifié : ', chez(organisation)),
    phrases: [
      `Votre accès à ${chez(organisation)} est modifié.`,
      `Votre rôle : ${ROLE_LABELS[role]}. ${ROLE_SENTENCES[role]}`,
      ...fin(dateFin),
    ],
    action: { libelle: 'Voir mon compte', lien: `${site}/compte/` },
    pourquoi: POURQUOI_ACCES(organisation),
  }),
})

const accesRetire = model({
  details: Acces,
  write: ({ role }, { organisation }) => ({
    objet: sujet('Accès retiré : ', chez(organisation)),
    phrases: [
      `Votre accès à ${chez(organisation)} (${ROLE_LABELS[role]}) est retiré dès maintenant.`,
      'Si c’est une erreur, parlez-en à la personne qui administre cette organisation.',
    ],
    pourquoi: POURQUOI_ACCES(organisation),
  }),
})

const compteDesactive = model({
  details: Rien,
  write: () => ({
    objet: 'Compte désactivé : vos sessions sont fermées',
    phrases: [
      'Votre compte est désactivé. Vos sessions sont fermées et vous ne pouvez plus vous connecter.',
      'Si c’est une erreur, parlez-en à la personne qui administre votre organisation.',
    ],
    pourquoi: VOTRE_COMPTE,
  }),
})

const motDePasseChange = model({
  details: Rien,
  write: (_, { site }) => ({
    objet: 'Mot de passe : il vient d’être changé',
    phrases: [
      'Le mot de passe de votre compte vient d’être changé.',
      'Si ce n’est pas vous, fermez vos sessions et choisissez un autre mot de passe.',
    ],
    action: { libelle: 'Voir mes sessions', lien: `${site}/compte/sessions` },
    pourquoi: VOTRE_COMPTE,
  }),
})

const CHOIX = 'Vous choisissez le rythme de ces messages dans « Mon compte », page Notifications.'
const rythme = (categorie: string) => (categorie === 'securite' ? 'Il ne peut pas être désactivé.' : CHOIX)

const notification = model({
  details: z.object({ categorie: z.string(), titre: z.string(), texte: z.string(), lien: z.string().nullable() }),
  write: ({ categorie, titre, texte, lien }, { site, organisation }) => ({
    objet: sujet('', dit(titre, 200)),
    phrases: [`${dit(titre, 200)}.`.replace(/([.!?])\.$/, '$1'), ...(texte ? [dit(texte, 1000)] : [])],
    ...(lien && { action: { libelle: 'Ouvrir dans le Pass numérique', lien: `${site}${lien}` } }),
    pourquoi: `Vous recevez ce message parce que vous avez un accès à ${chez(organisation)}. ${rythme(categorie)}`,
  }),
})

const Section = z.object({ organisation: z.string(), cartes: z.array(z.string()), nouvelles: z.array(z.string()), autres: z.int() })
type Section = z.infer<typeof Section>

const linesOf = (
  { organisation, cartes, nouvelles, autres }: Section,
  titres: Readonly<Record<string, string>>,
  named: boolean,
): string[] => {
  const news = nouvelles.flatMap((id) => titres[id] ?? [])
  const lines = [...cartes, ...news, ...(autres > 0 ? [plural(autres, 'autre nouvelle', 'autres nouvelles')] : [])]
  return lines.map((line) => (named ? `${chez(organisation)} : ${dit(line, 200)}` : dit(line, 200)))
}

const resumeHebdomadaire = model({
  details: z.object({ semaine: z.string(), sections: z.array(Section), titres: z.record(z.string(), z.string()) }),
  write: ({ semaine, sections, titres }, { site }) => ({
    objet: `Semaine du ${formatDay(semaine)} : ce qui vous attend`,
    phrases: [`Voici ce qui vous attend pour la semaine du ${formatLongDay(semaine)}.`],
    liste: sections.flatMap((section) => linesOf(section, titres, sections.length > 1)),
    action: { libelle: 'Ouvrir le Pass numérique', lien: `${site}/connexion` },
    pourquoi: `Vous recevez ce résumé une fois par semaine. ${CHOIX}`,
  }),
})

const COMPTE_OBJETS = {
  propose: 'Compte bancaire : un changement est demandé',
  accepte: 'Compte bancaire : le nouveau compte est accepté',
  refuse: 'Compte bancaire : le compte proposé est refusé',
  retire: 'Compte bancaire : le compte proposé est retiré',
} as const

const compteBancaire = model({
  details: z.object({
    etape: z.enum(['propose', 'accepte', 'refuse', 'retire']),
    ibanMasque: z.string(),
    ancienMasque: z.string().nullable(),
    jour: z.string(),
  }),
  write: ({ etape, ibanMasque, ancienMasque, jour }, { site, organisation }) => ({
    objet: COMPTE_OBJETS[etape],
    phrases: {
      propose: [
        `Le compte ${dit(ibanMasque)} est proposé pour les virements de ${chez(organisation)}.`,
        ...(ancienMasque ? [`Il remplacerait le compte ${dit(ancienMasque)}.`] : []),
        `Il ne peut pas être accepté avant le ${formatLongDay(jour)}.`,
      ],
      accepte: [`Les prochains virements de ${chez(organisation)} partent vers le compte ${dit(ibanMasque)}.`],
      refuse: [`Le compte ${dit(ibanMasque)}, proposé pour ${chez(organisation)}, est refusé.`],
      retire: [
        `${chez(organisation)} a retiré le compte ${dit(ibanMasque)} qui était proposé.`,
        ...(ancienMasque ? [`Les virements continuent vers le compte ${dit(ancienMasque)}.`] : []),
      ],
    }[etape],
    action: { libelle: 'Voir le compte bancaire', lien: `${site}/mediateur/compte-bancaire` },
    pourquoi: `Vous recevez ce message parce que votre adresse est celle d’un compte bancaire de ${chez(organisation)}. Si ce changement vous surprend, appelez tout de suite l’opérateur.`,
  }),
})

/** Every mail of the service, by the name that `queue_courriel` gives. */
export const MODELS: Readonly<Record<string, AnyModel>> = {
  lien_connexion: lienConnexion,
  code_preuve: codePreuve,
  recuperation_confirmer: recuperationConfirmer,
  recuperation_demandee: recuperationDemandee,
  recuperation_accordee: recuperationAccordee,
  recuperation_refusee: recuperationRefusee,
  invitation,
  acces_donne: accesDonne,
  acces_change: accesChange,
  acces_retire: accesRetire,
  compte_bancaire: compteBancaire,
  compte_desactive: compteDesactive,
  mot_de_passe_change: motDePasseChange,
  notification,
  resume_hebdomadaire: resumeHebdomadaire,
}
