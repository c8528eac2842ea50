import type { Remise } from '@pass/contracts/remises.ts'
import type { IdentiteMode } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { getPrescription } from './queries.ts'

type More = {
  collectivite_id: string
  collectivite: string
  prescripteur_id: string
  prescripteur: string
  identite: IdentiteMode
  date_fin: Date
  annules: number
  commune: string | null
}

/** A hand-over with what its letter and its receipt say. */
export const getRemise = async (ctx: Ctx, { prescriptionId }: { prescriptionId: string }): Promise<Remise> => {
  const prescription = await getPrescription(ctx, { prescriptionId })
  const [row] = await ctx.db.$queryRaw<More[]>`
    select k.collectivite_id, o.nom as collectivite, k.prescripteur_id, p.nom as prescripteur, v.identite, c.date_fin, c.annules, b.commune
      from prescription k join organisation o on o.id = k.collectivite_id join organisation p on p.id = k.prescripteur_id
      join convention v on v.collectivite_id = k.collectivite_id and v.id = k.convention_id
      join carnet c on c.collectivite_id = k.collectivite_id and c.id = k.carnet_id
      left join beneficiaire b on b.collectivite_id = k.collectivite_id and b.id = k.beneficiaire_id
     where k.id = ${prescriptionId}::uuid and ${reachSql(ctx, 'prescription', 'k')}`
  const { collectivite_id, collectivite, prescripteur_id, prescripteur, identite, date_fin, annules, commune } = found(row)
  return {
    ...prescription,
    collectivite: { id: collectivite_id, nom: collectivite },
    prescripteur: { id: prescripteur_id, nom: prescripteur },
    identite,
    dateFin: dayOf(date_fin),
    annules,
    commune,
  }
}
