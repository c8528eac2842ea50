import { parisDay } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import {
  MOTIF_ABSENT,
  retourEffet,
  type RetourEffet,
  type RetourLigne,
  type VirementConnu,
  whyNotApplyRetour,
  whyNotTwice,
} from '@pass/domain/retours.ts'
import { enforce, Refused, won } from '../../platform/errors.ts'
import type { Payer } from './post-bordereau.ts'
import type { RetourLu } from './read-retour.ts'
import { executeVirements, type Rejected, rejectVirements, returnVirements } from './settle-virements.ts'

type Asked = {
  structure_id: string
  bordereau_id: string
  reference: string
  mois: string
  montant: bigint
  remise: string
  remise_montant: bigint
  statut: 'transmis' | 'paye' | 'rejete'
  paye_le: string | null
  transmis_at: Date
}

/** The transfers that these references name, and those of the files that they name, their bordereaux locked: of two files, the second reads what the first did. */
const holdNamed = ({ db, actor }: Payer, lignes: readonly RetourLigne[]): Promise<Asked[]> => {
  const named = (isRemise: boolean) =>
    lignes.flatMap(({ reference, remise }) => (reference !== null && Boolean(remise) === isRemise ? [reference] : []))
  return db.$queryRaw<Asked[]>`
    select v.organisation_id structure_id, v.bordereau_id, v.reference, b.mois, v.montant_centimes montant, m.reference remise, m.montant_centimes remise_montant,
           b.statut, b.date_banque::text paye_le, v.at transmis_at
      from virement v join remise m on m.operateur_id = v.operateur_id and m.id = v.remise_id
      join bordereau b on b.organisation_id = v.organisation_id and b.id = v.bordereau_id
     where v.operateur_id = ${actor.organisationId}::uuid and (v.reference = any (${named(false)}::text[]) or m.reference = any (${named(true)}::text[]))
     order by b.id for no key update of b`
}

/** The row of the bordereau is the one that is held: its statut says the transfer's. */
const VIREMENT_OF = { transmis: 'emis', paye: 'execute', rejete: 'rejete' } as const

const connuOf = ({ reference, montant, statut, paye_le: payeLe, transmis_at }: Asked): VirementConnu => ({
  reference,
  montantCentimes: Number(montant),
  statut: VIREMENT_OF[statut],
  transmisLe: parisDay(transmis_at),
  payeLe,
})

/**
 * A line about a whole file becomes a line for each of its transfers that has no line of its own. An amount, when it is said, is the whole
 * file's; a file already answered, even in part, is not answered again as a whole.
 */
const spread = (lignes: readonly RetourLigne[], asked: readonly Asked[]): RetourLigne[] => {
  const named = new Set(lignes.flatMap(({ reference, remise }) => (reference !== null && !remise ? [reference] : [])))
  const byRemise = Map.groupBy(asked, ({ remise }) => remise)
  return lignes.flatMap((ligne) => {
    const { reference, remise, numero, montantCentimes } = ligne
    const transfers = remise && reference !== null ? byRemise.get(reference) : undefined
    if (!transfers) return [ligne]
    if (montantCentimes !== null && montantCentimes !== Number(transfers[0]!.remise_montant))
      throw new Refused(
        refuse(
          'retour_montant',
          `Ligne ${numero} : le fichier ${reference} est d’un autre montant. Tout le fichier est refusé : rien n’est appliqué.`,
        ),
      )
    return transfers
      .filter((one) => !named.has(one.reference))
      .map(({ reference: own, montant }) => ({
        ...ligne,
        remise: false,
        duFichier: true,
        reference: own,
        montantCentimes: Number(montant),
      }))
  })
}

/** A line judged: what it does, to which transfer. */
type Judged = { ligne: RetourLigne; effet: RetourEffet; asked: Asked | undefined }

const judge = async (payer: Payer, lignes: readonly RetourLigne[]): Promise<Judged[]> => {
  enforce(whyNotTwice(lignes), 400)
  const asked = await holdNamed(payer, lignes)
  const byReference = new Map(asked.map((one) => [one.reference, one]))
  const askedOf = ({ reference, remise }: RetourLigne) => (reference === null || remise ? undefined : byReference.get(reference))
  const spreaded = spread(lignes, asked)
  enforce(
    whyNotApplyRetour(
      spreaded,
      (reference) => {
        const one = byReference.get(reference)
        return one && connuOf(one)
      },
      payer.today,
    ),
  )
  return spreaded.map((ligne) => {
    const one = askedOf(ligne)
    return { ligne, asked: one, effet: one ? retourEffet(ligne, connuOf(one)) : 'inconnu' }
  })
}

const answersOf = (payer: Payer, judged: readonly Judged[], effet: 'execute' | 'rejete' | 'revenu'): Rejected[] =>
  judged.flatMap(({ ligne, asked, effet: own }) =>
    own === effet && asked
      ? [
          {
            structureId: asked.structure_id,
            bordereauId: asked.bordereau_id,
            reference: asked.reference,
            mois: asked.mois,
            montantCentimes: Number(asked.montant),
            dateBanque: ligne.dateBanque ?? payer.today,
            motif: ligne.motif ?? MOTIF_ABSENT,
          },
        ]
      : [],
  )

/** Lines of other operations of the account are counted; the first ones are kept, so that somebody looks at them. */
const UNKNOWN_KEPT = 500

const keepLignes = async ({ db, actor }: Payer, retourId: string, judged: readonly Judged[]) => {
  let unknown = 0
  const rows = judged.flatMap(({ ligne, effet, asked }, i) =>
    effet === 'inconnu' && ++unknown > UNKNOWN_KEPT
      ? []
      : [
          {
            rang: i + 1,
            numero: ligne.numero,
            reference: ligne.reference,
            effet,
            montant: ligne.montantCentimes,
            jour: ligne.dateBanque,
            motif: ligne.motif,
            structure: asked?.structure_id ?? null,
            bordereau: asked?.bordereau_id ?? null,
          },
        ],
  )
  await db.$executeRaw`
    insert into retour_bancaire_ligne (operateur_id, retour_id, rang, numero, reference, effet, montant_centimes, date_banque, motif, structure_id, bordereau_id)
    select ${actor.organisationId}::uuid, ${retourId}::uuid, l.rang, l.numero, l.reference, l.effet, l.montant, l.jour, l.motif, l.structure, l.bordereau
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        l(rang int, numero int, reference text, effet text, montant bigint, jour date, motif text, structure uuid, bordereau uuid)`
}

const sumOf = (rows: readonly Rejected[]) => rows.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)

/** How many uses these answers are about: what says whether a person can wait for them. */
export const usesOf = async ({ db, actor }: Payer, { lignes }: RetourLu): Promise<number> => {
  const references = lignes.flatMap(({ reference }) => (reference === null ? [] : [reference]))
  const [row] = await db.$queryRaw<[{ n: number }]>`
    select coalesce(sum(b.pass), 0)::int n from virement v join bordereau b on b.organisation_id = v.organisation_id and b.id = v.bordereau_id
      join remise m on m.operateur_id = v.operateur_id and m.id = v.remise_id
     where v.operateur_id = ${actor.organisationId}::uuid and (v.reference = any (${references}::text[]) or m.reference = any (${references}::text[]))`
  return row.n
}

/** Applies a file, whole: each transfer executed, rejected or sent back after it was paid, the others told apart. One wrong line, and nothing is. */
export const applyRetour = async (payer: Payer, retourId: string, { format, lignes }: RetourLu): Promise<void> => {
  const judged = await judge(payer, lignes)
  const executed = answersOf(payer, judged, 'execute')
  const rejected = answersOf(payer, judged, 'rejete')
  const returned = answersOf(payer, judged, 'revenu')
  await executeVirements(payer, executed)
  await rejectVirements(payer, rejected)
  await returnVirements(payer, returned)
  await keepLignes(payer, retourId, judged)
  const countOf = (effet: RetourEffet) => judged.filter((one) => one.effet === effet).length
  won(
    await payer.db.$executeRaw`
    update retour_bancaire set statut = 'applique', contenu = null, format = ${format}, lignes = ${lignes.length}::int, executes = ${executed.length}::int,
           rejetes = ${rejected.length}::int, attentes = ${countOf('attente')}::int, inconnus = ${countOf('inconnu')}::int,
           revenus = ${returned.length}::int, execute_centimes = ${sumOf(executed)}::bigint, rejete_centimes = ${sumOf(rejected)}::bigint, revenu_centimes = ${sumOf(returned)}::bigint
     where operateur_id = ${payer.actor.organisationId}::uuid and id = ${retourId}::uuid and statut = 'a_lire'`,
  )
}
