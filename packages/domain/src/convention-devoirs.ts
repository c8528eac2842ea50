import type { ConventionStatut } from './conventions.ts'
import { addDays, addMonths } from './days.ts'
import { ECHEANCE_ETAPES, ECHEANCE_LABELS, type EcheanceEtape, echeancesOf } from './echeances.ts'
import { percent, plural } from './money.ts'

/** Days before the end of a convention when its avenant, if one is wanted, is prepared: each financeur has to sign it. */
export const AVENANT_PREAVIS_JOURS = 60
/** The day of January when the account of the past year is due to the State. */
export const BILAN_ANNUEL_JOUR = '01-31'
/** Months after which the people of the European fund are asked again. */
export const FSE_RAPPEL_MOIS = 6
/** A duty is announced as near from this many days before. */
export const DEVOIR_PROCHE_JOURS = 30

export type DevoirActeur = 'collectivite' | 'financeurs' | 'operateur' | 'anct'
export const DEVOIR_ACTEUR_LABELS: Record<DevoirActeur, string> = {
  collectivite: 'La collectivité',
  financeurs: 'Les financeurs',
  operateur: 'L’opérateur',
  anct: 'L’ANCT',
}

export const DEVOIR_ETATS = ['fait', 'en_retard', 'proche', 'a_venir', 'passe'] as const
export type DevoirEtat = (typeof DEVOIR_ETATS)[number]
export const DEVOIR_ETAT_LABELS: Record<DevoirEtat, string> = {
  fait: 'Fait',
  en_retard: 'En retard',
  proche: 'Bientôt',
  a_venir: 'À venir',
  passe: 'Passé',
}

export type Devoir = { cle: string; date: string; titre: string; detail: string; acteur: DevoirActeur; etat: DevoirEtat }

type Convention = {
  statut: ConventionStatut
  dateDebut: string
  dateFin: string
  toleranceJours: number
  reclamationJours: number
  quotaPicBp: number
  fse: boolean
  financeurs: readonly { nom: string; nature: string; dateSignature: string | null }[]
}
type Lot = { id: string; nom: string; carnets: number; dateFin: string }

const ORDER: readonly ConventionStatut[] = ['brouillon', 'signee', 'active', 'en_bilan', 'soldee', 'close']
/** A terminated convention has nothing more to begin, but still its lots to see through. */
const reached = (statut: ConventionStatut, step: ConventionStatut): boolean =>
  statut === 'resiliee' ? true : ORDER.indexOf(statut) >= ORDER.indexOf(step)

const etatOf = (date: string, done: boolean | null, today: string): DevoirEtat => {
  if (done) return 'fait'
  if (date < today) return done === null ? 'passe' : 'en_retard'
  return date <= addDays(today, DEVOIR_PROCHE_JOURS) ? 'proche' : 'a_venir'
}

/** `done`: true or false when the product knows, null for a day that simply passes. */
type Draft = Omit<Devoir, 'etat'> & { done: boolean | null }

const signatures = ({ financeurs, dateDebut, statut }: Convention): Draft[] =>
  statut === 'resiliee'
    ? []
    : financeurs.map(({ nom, nature, dateSignature }, i) => ({
        cle: `signature-${i + 1}`,
        date: dateSignature ?? dateDebut,
        titre: `Signature : ${nom}`,
        detail: nature === 'etat' ? 'L’ANCT signe pour l’État.' : 'La collectivité enregistre la signature et son document.',
        acteur: nature === 'etat' ? ('anct' as const) : ('collectivite' as const),
        done: dateSignature !== null,
      }))

const yearly = ({ dateDebut, dateFin, quotaPicBp, financeurs }: Convention): Draft[] => {
  if (!financeurs.some(({ nature }) => nature === 'etat')) return []
  const [from, to] = [Number(dateDebut.slice(0, 4)), Number(dateFin.slice(0, 4))]
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).map((annee) => ({
    cle: `bilan-${annee}`,
    date: `${annee + 1}-${BILAN_ANNUEL_JOUR}`,
    titre: `Bilan annuel ${annee}`,
    detail: `Pass utilisés dans l’année et part du public cible de l’État (${percent(quotaPicBp)} au moins).`,
    acteur: 'collectivite' as const,
    done: null,
  }))
}

const ending = ({ statut, dateFin, fse }: Convention): Draft[] => [
  {
    cle: 'avenant',
    date: addDays(dateFin, -AVENANT_PREAVIS_JOURS),
    titre: 'Dernier moment pour préparer une prolongation',
    detail: 'Un avenant est signé par chaque financeur avant la fin de la convention.',
    acteur: 'collectivite',
    done: null,
  },
  {
    cle: 'fin',
    date: dateFin,
    titre: 'Fin de la convention',
    detail: 'Plus aucune commande après ce jour. Les carnets restent valables jusqu’à leur propre date.',
    acteur: 'collectivite',
    done: null,
  },
  {
    cle: 'bilan',
    date: addDays(dateFin, 1),
    titre: 'Commencer le bilan',
    detail: 'Toutes les commandes sont livrées ou annulées.',
    acteur: 'collectivite',
    done: reached(statut, 'en_bilan'),
  },
  ...(fse
    ? [
        {
          cle: 'fse',
          date: addMonths(dateFin, FSE_RAPPEL_MOIS),
          titre: 'Fonds social européen : dernières nouvelles des personnes',
          detail: `Les personnes sont rappelées ${FSE_RAPPEL_MOIS} mois après leur sortie.`,
          acteur: 'collectivite' as const,
          done: null,
        },
      ]
    : []),
]

const opening = ({ statut, dateDebut }: Convention): Draft => ({
  cle: 'ouverture',
  date: dateDebut,
  titre: 'Ouvrir la convention',
  detail: 'Quand tous les financeurs ont signé. Les commandes commencent alors.',
  acteur: 'collectivite',
  done: reached(statut, 'active'),
})

const LOT_STEPS: Record<EcheanceEtape, { acteur: DevoirActeur; detail: string }> = {
  alerte: { acteur: 'collectivite', detail: 'Faites utiliser les carnets remis, reprenez ceux qui dorment.' },
  arret_distribution: { acteur: 'collectivite', detail: 'Après ce jour, une remise demande votre accord écrit.' },
  constat: { acteur: 'operateur', detail: 'Les comptes du lot sont relus ensemble.' },
  fin: { acteur: 'collectivite', detail: 'Date écrite sur les carnets.' },
  dernier_jour: { acteur: 'operateur', detail: 'Les lieux acceptent encore les pass ce jour-là, plus ensuite.' },
  releve: { acteur: 'operateur', detail: 'Relevé commun, puis avoir sur la valeur des pass non utilisés.' },
}

const lotSteps = ({ toleranceJours, reclamationJours }: Convention, { id, nom, carnets, dateFin }: Lot): Draft[] => {
  const days = echeancesOf(dateFin, toleranceJours)
  const said = `${plural(carnets, 'carnet')}. `
  return [
    ...ECHEANCE_ETAPES.map((etape) => ({
      cle: `lot-${id}-${etape}`,
      date: days[etape],
      titre: `${ECHEANCE_LABELS[etape]} : ${nom}`,
      detail: said + LOT_STEPS[etape].detail,
      acteur: LOT_STEPS[etape].acteur,
      done: null,
    })),
    {
      cle: `lot-${id}-reclamation`,
      date: addDays(dateFin, reclamationJours),
      titre: `Dernier jour des réclamations : ${nom}`,
      detail: `${said}Les structures signalent les pass qui ne leur ont pas été payés.`,
      acteur: 'operateur' as const,
      done: null,
    },
  ]
}

/**
 * The calendar of a convention: every day by which somebody owes something, derived from its rules, its signatures and its lots; the
 * nearest first. Nothing of it is stored.
 */
export const devoirsOf = (convention: Convention, lots: readonly Lot[], today: string): Devoir[] => {
  const drafts = [
    ...signatures(convention),
    opening(convention),
    ...yearly(convention),
    ...ending(convention),
    ...lots.flatMap((lot) => lotSteps(convention, lot)),
  ]
  return drafts
    .map(({ done, ...draft }) => ({ ...draft, etat: etatOf(draft.date, done, today) }))
    .toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1))
}

/** The day after which nothing more is claimed on these lots; null without any. */
export const lastClaimDay = (
  lots: readonly { dateFin: string }[],
  { toleranceJours, reclamationJours }: Pick<Convention, 'toleranceJours' | 'reclamationJours'>,
): string | null => {
  const days = lots.flatMap(({ dateFin }) => [echeancesOf(dateFin, toleranceJours).releve, addDays(dateFin, reclamationJours)])
  return days.toSorted().at(-1) ?? null
}
