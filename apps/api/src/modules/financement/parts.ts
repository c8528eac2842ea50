import type { PartFinanceur } from '@pass/contracts/financement.ts'
import type { FinanceurNature } from '@pass/domain/conventions.ts'
import type { AppelStatut } from '@pass/domain/financement.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach, reachSql } from '../../platform/reach.ts'

type Row = {
  partage_id: string
  cle: string
  rang: number
  mois: string
  at: Date
  nom: string
  nature: FinanceurNature
  cle_bp: number
  plafond_centimes: bigint | null
  pass: number
  montant_centimes: bigint
  derogation_centimes: bigint
  appel_id: string | null
  numero: string | null
  statut: AppelStatut | null
}

const toPart = (row: Row): PartFinanceur => ({
  id: `${row.partage_id}-${row.rang}`,
  mois: row.mois,
  at: row.at.toISOString(),
  cle: row.cle,
  nom: row.nom,
  nature: row.nature,
  cleBp: row.cle_bp,
  plafondCentimes: row.plafond_centimes === null ? null : Number(row.plafond_centimes),
  pass: row.pass,
  montantCentimes: Number(row.montant_centimes),
  derogationCentimes: Number(row.derogation_centimes),
  appel: row.appel_id && row.statut ? { id: row.appel_id, numero: row.numero, statut: row.statut } : null,
})

type Query = { conventionId: string; cle?: string | undefined; apres?: string | undefined; taille?: number | undefined }

/** What each closing charged to each financeur, the last one first, and the call it is in. */
export const listParts = async (ctx: Ctx, { conventionId, cle, apres, taille = TAILLE }: Query) => {
  found(await ctx.db.convention.findFirst({ where: { id: conventionId, ...reach(ctx, 'convention') }, select: { id: true } }))
  const last = cursorOf(apres, z.object({ partage: z.uuid(), rang: z.int() }))
  const rows = await ctx.db.$queryRaw<Row[]>`
    select p.partage_id, p.cle, p.rang, p.mois, p.at, p.nom, p.nature, p.cle_bp, p.plafond_centimes, p.pass, p.montant_centimes, p.derogation_centimes,
           f.id as appel_id, f.numero, f.statut
      from partage_part p
      left join appel_ligne l on l.collectivite_id = p.collectivite_id and l.partage_id = p.partage_id and l.cle = p.cle and l.vivante
      left join appel_fonds f on f.collectivite_id = l.collectivite_id and f.id = l.appel_id
     where p.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'partage_part', 'p')} ${cle ? sql`and p.cle = ${cle}` : empty}
       ${last ? sql`and (p.partage_id, -p.rang) < (${last.partage}::uuid, ${-last.rang}::int)` : empty}
     order by p.partage_id desc, p.rang limit ${taille + 1}`
  const page = pageOf(rows, taille, ({ partage_id, rang }) => ({ partage: partage_id, rang }))
  return { ...page, items: page.items.map(toPart) }
}
