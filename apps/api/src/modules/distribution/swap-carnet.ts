import type { CarnetStatut } from '@pass/domain/carnets.ts'
import { whyNotReplaceBy } from '@pass/domain/oppositions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reachSql } from '../../platform/reach.ts'
import { creditPass } from '../comptabilite/public.ts'
import { recordMouvement } from './record-mouvement.ts'

type Row = {
  id: bigint
  public_id: string
  serie: bigint
  lot_id: string
  convention_id: string
  operateur_id: string
  prescripteur_id: string | null
  destination_id: string | null
  statut: CarnetStatut
  statut_avant_blocage: CarnetStatut | null
  activation_id: string | null
  remplace_id: bigint | null
  beneficiaire_id: string | null
  personne_id: string | null
  taille: number
  utilises: number
  annules: number
  valeur: number
  date_fin: Date
}

/** Both rows, locked in the order of their ids like everybody does, and read once they are held. */
const lock = async (ctx: Ctx, carnetId: string, serie: number) => {
  await ctx.db.$queryRaw`
    select c.id from carnet c where (c.public_id = ${carnetId}::uuid or c.serie = ${serie}::bigint) and ${reachSql(ctx, 'carnet', 'c')} order by c.id for no key update`
  const rows = await ctx.db.$queryRaw<Row[]>`
    select c.id, c.public_id, c.serie, c.lot_id, c.convention_id, c.operateur_id, c.prescripteur_id, c.destination_id, c.statut, c.statut_avant_blocage, c.activation_id,
           c.remplace_id, c.beneficiaire_id, c.personne_id, c.taille, c.utilises, c.annules, l.valeur_faciale_centimes as valeur, c.date_fin
      from carnet c join lot l on l.collectivite_id = c.collectivite_id and l.id = c.lot_id
     where (c.public_id = ${carnetId}::uuid or c.serie = ${serie}::bigint) and ${reachSql(ctx, 'carnet', 'c')}`
  return { ancien: rows.find((row) => row.public_id === carnetId), nouveau: rows.find((row) => Number(row.serie) === serie) }
}

const leftOf = ({ taille, utilises, annules }: Row): number => taille - utilises - annules

const check = (ctx: Ctx, ancien: Row, nouveau: Row | undefined): Row => {
  const facts = {
    statut: ancien.statut,
    statutAvantBlocage: ancien.statut_avant_blocage,
    passNeufs: leftOf(ancien),
    dateFin: dayOf(ancien.date_fin),
  }
  enforce(whyNotReplaceBy(facts, null, ctx.today))
  const next = found(nouveau)
  const remplacant = {
    statut: next.statut,
    enTransit: next.destination_id !== null,
    actif: next.activation_id !== null,
    memeConvention: next.convention_id === ancien.convention_id && next.valeur === ancien.valeur,
    aPortee: next.prescripteur_id === null || next.prescripteur_id === ancien.prescripteur_id,
    dejaServi: next.remplace_id !== null,
    taille: leftOf(next),
    dateFin: dayOf(next.date_fin),
  }
  enforce(whyNotReplaceBy(facts, remplacant, ctx.today))
  return next
}

/** The old one ends, the new one takes its person and as many pass as were left. */
const write = async (ctx: Ctx, ancien: Row, nouveau: Row, surplus: number) => {
  const collectiviteId = ctx.actor.organisationId
  await ctx.db.$executeRaw`
    update carnet set statut = 'annule', statut_avant_blocage = null, motif_blocage = null, destination_id = null, remplacant_id = ${nouveau.id}
     where collectivite_id = ${collectiviteId}::uuid and id = ${ancien.id}`
  await ctx.db.$executeRaw`
    update carnet set statut = 'remis', prescripteur_id = ${ancien.prescripteur_id}::uuid, attribue_at = coalesce(attribue_at, ${ctx.now}), remis_at = ${ctx.now},
           beneficiaire_id = ${ancien.beneficiaire_id}::uuid, personne_id = ${ancien.beneficiaire_id === null ? (ancien.personne_id ?? ancien.public_id) : null}::uuid,
           remplace_id = ${ancien.id}, derogation_id = (select a.derogation_id from carnet a where a.collectivite_id = ${collectiviteId}::uuid and a.id = ${ancien.id}),
           annules = annules + ${surplus}
     where collectivite_id = ${collectiviteId}::uuid and id = ${nouveau.id}`
  const [voided] = await ctx.db.$queryRaw<
    { n: number }[]
  >`select void_last_pass(${collectiviteId}::uuid, ${nouveau.id}, ${surplus}::int) as n`
  if (voided!.n !== surplus) throw new Error('a carnet in reserve has not all its pass')
}

const record = (ctx: Ctx, type: 'annule' | 'remis', row: Row, prescripteurId: string | null, motif: string) =>
  recordMouvement(ctx, {
    type,
    collectiviteId: ctx.actor.organisationId,
    conventionId: row.convention_id,
    lotId: row.lot_id,
    operateurId: row.operateur_id,
    prescripteurId,
    seriePremiere: Number(row.serie),
    serieDerniere: Number(row.serie),
    carnets: 1,
    motif,
  })

/**
 * Replaces a blocked carnet of a person by one of the reserve, or of the same counter. The new one keeps its first pass, as many as
 * were left; its last ones are cancelled. What the old one was still worth, and those last pass, leave the circulation to be credited.
 */
export const swapCarnets = async (ctx: Ctx, { carnetId, serie }: { carnetId: string; serie: number }) => {
  const locked = await lock(ctx, carnetId, serie)
  const ancien = found(locked.ancien)
  const nouveau = check(ctx, ancien, locked.nouveau)
  const gardes = leftOf(ancien)
  const surplus = leftOf(nouveau) - gardes
  await write(ctx, ancien, nouveau, surplus)
  const montantCentimes = (surplus + (ancien.activation_id === null ? 0 : gardes)) * nouveau.valeur
  if (montantCentimes > 0)
    await creditPass(ctx, {
      conventionId: ancien.convention_id,
      operateurId: ancien.operateur_id,
      montantCentimes,
      objetId: nouveau.public_id,
    })
  await record(ctx, 'annule', ancien, ancien.prescripteur_id, `Remplacé par ${formatSerie(Number(nouveau.serie))}`)
  await record(ctx, 'remis', nouveau, ancien.prescripteur_id, `Remplace ${formatSerie(Number(ancien.serie))}`)
  await fact(ctx, {
    sujet: 'carnet.remplace',
    collectiviteId: ctx.actor.organisationId,
    objet: { carnetId, remplacantId: nouveau.public_id, pass: gardes, montantCentimes },
  })
  return { ancienId: ancien.id, nouveauId: nouveau.id, nouveauPublicId: nouveau.public_id }
}
