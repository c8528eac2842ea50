import { sql } from '../../platform/db.ts'

/** The carnet `c`, unblocked, goes on travelling only if its parcel was not acknowledged without it. */
export const STILL_ON_THE_WAY = sql`exists (
  select 1 from attribution a
   where a.collectivite_id = c.collectivite_id and a.lot_id = c.lot_id and a.statut = 'envoyee' and a.plages @> c.serie
     and coalesce(a.prescripteur_id, a.collectivite_id) = c.destination_id)`
