import { addDays, formatDay } from './days.ts'
import { ECHEANCE_LABELS, type EcheanceEtape, echeancesOf } from './echeances.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Where the end of a lot stands. `releve`: the joint statement is written, its signatures and the closing are to come. */
export const ECHEANCE_STATUTS = ['en_cours', 'releve', 'cloture', 'close', 'prolongee'] as const
export type EcheanceStatut = (typeof ECHEANCE_STATUTS)[number]
export const ECHEANCE_STATUT_LABELS: Record<EcheanceStatut, string> = {
  en_cours: 'En cours',
  releve: 'Relevé établi',
  cloture: 'Clôture en cours',
  close: 'Close',
  prolongee: 'Prolongée',
}

/** The two sides of a lot: who bought it, who made it. */
export const PARTIES = ['collectivite', 'operateur'] as const
export type Partie = (typeof PARTIES)[number]
export const PARTIE_LABELS: Record<Partie, string> = { collectivite: 'La collectivité', operateur: 'L’opérateur' }

/** Steps that somebody agrees to, in writing. */
export const ACCORD_ETAPES = ['arret_distribution', 'constat', 'releve'] as const
export type AccordEtape = (typeof ACCORD_ETAPES)[number]
/** Who agrees to each step. */
export const ACCORD_PARTIES: Record<AccordEtape, readonly Partie[]> = {
  arret_distribution: ['collectivite'],
  constat: PARTIES,
  releve: PARTIES,
}

/** Steps that are announced once, with the counts of their day. */
export const ALERTE_ETAPES = ['alerte', 'arret_distribution', 'constat', 'releve'] as const
export type AlerteEtape = (typeof ALERTE_ETAPES)[number]

/**
 * Days after the last accepted day when a use may still come in or be undone: 72 hours offline, then 24 hours to undo. The lot is
 * closed after them.
 */
export const UTILISATIONS_TARDIVES_JOURS = 5

/** The four counts of a lot (carnets), then its pass: what each alert says and what the joint statement fixes. */
export type LotComptes = { emis: number; remis: number; jamaisRemis: number; entames: number }
export type LotPass = { passUtilises: number; passExpires: number; passAnnules: number }

export type Suivi = {
  dateFin: string
  toleranceJours: number
  statut: EcheanceStatut
  /** Agreements that still hold: those of an older statement do not. */
  accords: readonly { etape: AccordEtape; partie: Partie }[]
}

/** The first day without distribution: fifteen days before the end, or the day of the agreement when it came later. Null without it. */
export const arretOf = (dateFin: string, accordJour: string | null): string | null => {
  if (accordJour === null) return null
  const { arret_distribution: jour } = echeancesOf(dateFin, 0)
  return accordJour > jour ? accordJour : jour
}

/** Steps to announce by this day, the oldest first. */
export const alertesDues = ({ dateFin, toleranceJours }: Pick<Suivi, 'dateFin' | 'toleranceJours'>, today: string): AlerteEtape[] => {
  const days = echeancesOf(dateFin, toleranceJours)
  return ALERTE_ETAPES.filter((etape) => days[etape] <= today)
}

/** The first day when the lot can be closed. */
export const jourCloture = (dateFin: string, toleranceJours: number): string => {
  const { releve, dernier_jour: dernier } = echeancesOf(dateFin, toleranceJours)
  const late = addDays(dernier, UTILISATIONS_TARDIVES_JOURS)
  return releve > late ? releve : late
}

/** Whose agreement is missing for a step. */
export const manquantsOf = (etape: AccordEtape, accords: Suivi['accords']): Partie[] =>
  ACCORD_PARTIES[etape].filter((partie) => !accords.some((one) => one.etape === etape && one.partie === partie))

/** What comes next for a lot: the step, its day, who must act (nobody: the day simply comes) and what to do. */
export type Prochaine = { etape: EcheanceEtape; date: string; acteurs: Partie[]; action: string }

const FAIRE: Record<AccordEtape, string> = {
  arret_distribution: 'Donner l’accord pour arrêter la distribution',
  constat: 'Reconnaître les comptes du lot',
  releve: 'Signer le relevé commun',
}

const toAgree = (etape: AccordEtape, { dateFin, toleranceJours, accords }: Suivi): Prochaine | null => {
  const acteurs = manquantsOf(etape, accords)
  return acteurs.length === 0 ? null : { etape, date: echeancesOf(dateFin, toleranceJours)[etape], acteurs, action: FAIRE[etape] }
}

const afterReleve = (suivi: Suivi): Prochaine => {
  const cloture = jourCloture(suivi.dateFin, suivi.toleranceJours)
  return toAgree('releve', suivi) ?? { etape: 'releve', date: cloture, acteurs: ['operateur'], action: 'Clore le lot et établir l’avoir' }
}

/** The next step of a lot, null once it is closed or prolonged. */
export const prochaineEtape = (suivi: Suivi, today: string): Prochaine | null => {
  const { statut, dateFin, toleranceJours } = suivi
  if (statut === 'close' || statut === 'prolongee') return null
  const days = echeancesOf(dateFin, toleranceJours)
  if (statut === 'cloture') return { etape: 'releve', date: days.releve, acteurs: [], action: 'Clôture en cours' }
  if (statut === 'releve') return afterReleve(suivi)
  if (days.releve <= today) return { etape: 'releve', date: days.releve, acteurs: ['operateur'], action: 'Établir le relevé commun' }
  const open =
    (days.alerte <= today && today <= days.fin && toAgree('arret_distribution', suivi)) ||
    (days.constat <= today && toAgree('constat', suivi)) ||
    null
  if (open) return open
  const order: readonly EcheanceEtape[] = ['alerte', 'arret_distribution', 'constat', 'fin', 'dernier_jour', 'releve']
  const etape = order.find((one) => days[one] > today) ?? 'releve'
  return { etape, date: days[etape], acteurs: [], action: ECHEANCE_LABELS[etape] }
}

/** What a side has to do today: agree to something, or write the statement and close. */
export const A_FAIRE_ECHEANCE = ['accord', 'cloture'] as const
export type AFaireEcheance = (typeof A_FAIRE_ECHEANCE)[number]
export const A_FAIRE_ECHEANCE_LABELS: Record<AFaireEcheance, string> = { accord: 'Votre accord', cloture: 'Relevé ou clôture' }

/** What the end of this lot asks of a side today; null when it is not its turn, or when the day of the closing has not come. */
export const aFaireOf = (suivi: Suivi, partie: Partie, today: string): AFaireEcheance | null => {
  const prochaine = prochaineEtape(suivi, today)
  if (!prochaine?.acteurs.includes(partie)) return null
  if (prochaine.etape !== 'releve') return 'accord'
  if (suivi.statut === 'releve' && manquantsOf('releve', suivi.accords).includes(partie)) return 'accord'
  return prochaine.date <= today ? 'cloture' : null
}

const no = (message: string) => refuse('echeance_statut', message)

/** Why a step cannot be acted on whatever it is: the lot is closed, being closed, or its date was moved. */
const whyNotTouch = (statut: EcheanceStatut): Refusal | null => {
  if (statut === 'close') return no('Ce lot est clos : plus rien ne s’y change.')
  if (statut === 'cloture') return no('La clôture de ce lot est en cours. Attendez qu’elle soit terminée.')
  return statut === 'prolongee' ? no('La validité de ce lot a été prolongée : suivez la nouvelle échéance.') : null
}

/** Why a party cannot agree to a step today: not its step, too early, too late, no statement yet, or done already. */
export const whyNotAccorder = (etape: AccordEtape, partie: Partie, suivi: Suivi, today: string): Refusal | null => {
  const closed = whyNotTouch(suivi.statut)
  if (closed) return closed
  if (!ACCORD_PARTIES[etape].includes(partie)) return no('Cet accord revient à la collectivité.')
  const days = echeancesOf(suivi.dateFin, suivi.toleranceJours)
  if (etape === 'releve') {
    if (suivi.statut !== 'releve') return no('Le relevé commun n’est pas encore établi.')
  } else {
    const from = etape === 'constat' ? days.constat : days.alerte
    if (today < from) return no(`Cet accord se donne à partir du ${formatDay(from)}.`)
    if (suivi.statut === 'releve') return no('Le relevé commun est établi : cette étape est passée.')
    if (etape === 'arret_distribution' && today > days.fin)
      return no(`La validité de ce lot a pris fin le ${formatDay(days.fin)} : il n’y a plus de distribution à arrêter.`)
  }
  return manquantsOf(etape, suivi.accords).includes(partie) ? null : no('Cet accord est déjà enregistré.')
}

/** Why the joint statement cannot be written: its day has not come, or the lot is closed. Written again, it asks for new signatures. */
export const whyNotEtablirReleve = (suivi: Suivi, today: string): Refusal | null => {
  const { releve } = echeancesOf(suivi.dateFin, suivi.toleranceJours)
  return whyNotTouch(suivi.statut) ?? (today < releve ? no(`Le relevé s’établit à partir du ${formatDay(releve)}.`) : null)
}

/** Why the lot cannot be closed: statement written and signed by both parties, uses all in, counts as signed. */
export const whyNotClore = (suivi: Suivi & { signes: LotPass | null; actuels: LotPass }, today: string): Refusal | null => {
  const closed = whyNotTouch(suivi.statut)
  if (closed) return closed
  if (suivi.statut !== 'releve' || suivi.signes === null) return no('Établissez d’abord le relevé commun.')
  const [missing] = manquantsOf('releve', suivi.accords)
  if (missing) return no(`Signature attendue : ${PARTIE_LABELS[missing].toLowerCase()} n’a pas signé le relevé commun.`)
  const from = jourCloture(suivi.dateFin, suivi.toleranceJours)
  if (today < from) return no(`Des utilisations hors ligne peuvent encore arriver. Le lot se clôt à partir du ${formatDay(from)}.`)
  const { signes, actuels } = suivi
  const same = (['passUtilises', 'passExpires', 'passAnnules'] as const).every((key) => signes[key] === actuels[key])
  return same ? null : no('Les comptes du lot ont changé depuis le relevé signé. Établissez-le de nouveau.')
}

type Derogation = { statut: EcheanceStatut; dateFin: string; arret: string | null; demandes: number; remettables: number }

/**
 * Why the collectivité cannot lift the stop for a range of carnets: nothing is stopped, the lot is over, or some of them are not
 * waiting for a person any more. `remettables`: carnets of the range that wait, and have no override yet.
 */
export const whyNotDeroger = ({ statut, dateFin, arret, demandes, remettables }: Derogation, today: string): Refusal | null => {
  const closed = whyNotTouch(statut)
  if (closed) return closed
  if (arret === null || arret > today) return no('La distribution de ce lot n’est pas arrêtée : aucune dérogation n’est nécessaire.')
  if (dateFin < today) return no(`La validité de ce lot a pris fin le ${formatDay(dateFin)} : plus aucun carnet ne s’y remet.`)
  if (demandes === 0) return refuse('plage_invalide', 'Le dernier numéro doit suivre le premier, dans la même année.')
  if (remettables === demandes) return null
  return refuse(
    'carnet_statut',
    `Cette plage compte ${plural(demandes, 'carnet')}, dont ${plural(remettables, 'attend', 'attendent')} une remise dans ce lot sans dérogation.`,
  )
}
