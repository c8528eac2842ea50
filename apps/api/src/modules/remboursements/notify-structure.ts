import { formatDay, formatMonth } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { notifyEach } from '../../platform/notify.ts'
import type { Payer } from './post-bordereau.ts'

/** What a structure is told about one of its bordereaux. */
export type Told = { structureId: string; bordereauId: string; reference: string; mois: string; montantCentimes: number }
type Held = Omit<Told, 'bordereauId'> & { id: string }

type Words = { code: string; titre: string; texte: string }

const tell = <T extends Told>(payer: Payer, rows: readonly T[], wordsOf: (row: T) => Words): Promise<number> =>
  notifyEach(
    payer,
    rows.map((row) => ({
      organisationId: row.structureId,
      roles: ['structure.responsable'] as const,
      categorie: 'argent' as const,
      lien: `${homePath('structure')}virements/${row.bordereauId}`,
      ...wordsOf(row),
    })),
  )

/** The bank has the transfers: how much, for what. */
export const tellReleased = (payer: Payer, held: readonly Held[]): Promise<number> =>
  tell(
    payer,
    held.map(({ id: bordereauId, ...row }) => ({ ...row, bordereauId })),
    ({ reference, mois, montantCentimes }) => ({
      code: 'bordereau_transmis',
      titre: `Bordereau ${reference} : virement de ${euros(montantCentimes)} transmis`,
      texte: `Le virement du bordereau ${reference} (${formatMonth(mois)}) est transmis à la banque : ${euros(montantCentimes)}.`,
    }),
  )

/** The bank has paid. */
export const tellPaid = (payer: Payer, rows: readonly (Told & { dateBanque: string })[]): Promise<number> =>
  tell(payer, rows, ({ reference, mois, montantCentimes, dateBanque }) => ({
    code: 'bordereau_paye',
    titre: `Bordereau ${reference} : ${euros(montantCentimes)} payés`,
    texte: `La banque a exécuté le virement du bordereau ${reference} (${formatMonth(mois)}) le ${formatDay(dateBanque)} : ${euros(montantCentimes)}.`,
  }))

/** What each of these structures has to do so that the next bordereau arrives: nothing, wait for its account, or give another. */
const nextStepOf = async ({ db }: Payer, structureIds: readonly string[]): Promise<(structureId: string) => string> => {
  const rows = await db.$queryRaw<{ id: string; statut: string }[]>`
    select organisation_id id, min(statut) statut from compte_bancaire where organisation_id = any (${[...structureIds]}::uuid[]) and statut in ('accepte', 'propose') group by 1`
  const statuts = new Map(rows.map(({ id, statut }) => [id, statut]))
  return (structureId) => {
    const statut = statuts.get(structureId)
    if (statut === 'accepte') return 'le prochain bordereau la reprendra, sur votre compte accepté depuis.'
    return statut === 'propose'
      ? 'le prochain bordereau la reprendra, dès que votre compte en vérification sera accepté.'
      : 'enregistrez un autre compte bancaire, le prochain bordereau la reprendra.'
  }
}

/** The bank has refused: why, and what to do so that the next transfer arrives. */
export const tellRejected = async (payer: Payer, rows: readonly (Told & { dateBanque: string; motif: string })[]): Promise<number> => {
  const nextStep = await nextStepOf(
    payer,
    rows.map(({ structureId }) => structureId),
  )
  return tell(payer, rows, ({ structureId, reference, montantCentimes, dateBanque, motif }) => ({
    code: 'virement_rejete',
    titre: `Bordereau ${reference} : virement rejeté par la banque`,
    texte: `La banque a rejeté le ${formatDay(dateBanque)} le virement de ${euros(montantCentimes)}. Motif : ${motif}. La somme vous reste due : ${nextStep(structureId)}`,
  }))
}

/** The bank had paid, and sends the money back: why, and what to do. */
export const tellReturned = async (payer: Payer, rows: readonly (Told & { dateBanque: string; motif: string })[]): Promise<number> => {
  const nextStep = await nextStepOf(
    payer,
    rows.map(({ structureId }) => structureId),
  )
  return tell(payer, rows, ({ structureId, reference, montantCentimes, dateBanque, motif }) => ({
    code: 'virement_rejete',
    titre: `Bordereau ${reference} : virement revenu à la banque`,
    texte: `Le virement de ${euros(montantCentimes)}, déjà exécuté, est revenu le ${formatDay(dateBanque)}. Motif : ${motif}. La somme vous reste due : ${nextStep(structureId)}`,
  }))
}
