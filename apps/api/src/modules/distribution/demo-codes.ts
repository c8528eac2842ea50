import { formatCode } from '@pass/domain/codes.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { Command } from '../../platform/cli.ts'
import { deriveCode, unwrapLotKey } from '../../platform/codes.ts'
import { BadSetting } from '../../config.ts'

type Row = { collectivite: string; serie: string; lot_id: string; cle_chiffree: Buffer; rangs: number[]; date_fin: string }

/** Carnets handed over, active and not blocked, with pass left: three a collectivité, those that have the most left. */
const PLAYABLE = `
  select o.nom collectivite, c.serie, c.lot_id, k.cle_chiffree, c.date_fin::text, (select array_agg((p.id % 10)::int + 1 order by p.id) from pass p where p.collectivite_id = c.collectivite_id and p.carnet_id = c.id and p.statut = 'neuf') rangs
    from organisation o cross join lateral (
      select * from carnet x where x.collectivite_id = o.id and x.statut = 'remis' and x.activation_id is not null and x.utilises < x.taille and x.date_fin >= $1 order by x.utilises, x.serie limit 3) c
    join lot_cle k on k.collectivite_id = c.collectivite_id and k.lot_id = c.lot_id
   order by o.nom, c.serie`

/** `cli demo codes`: codes to play at the counter. Codes are never stored: they are derived again from the lots' keys. */
export const demoCodes: Command = {
  summary: 'Imprimer des codes de pass à jouer, par collectivité (démonstration)',
  run: async (io) => {
    if (!io.config.demo)
      throw new BadSetting('Les codes ne se réimpriment pas en production\u00a0: cette commande n’existe que dans la démonstration.')
    const { secrets, clock } = await io.deps()
    const owner = await io.owner()
    const { rows } = await owner.query<Row>(PLAYABLE, [clock().toISOString().slice(0, 10)])
    const carnets = rows.map(({ collectivite, serie, lot_id, cle_chiffree, rangs, date_fin }) => {
      const key = unwrapLotKey(secrets, lot_id, cle_chiffree)
      return {
        collectivite,
        carnet: formatSerie(Number(serie)),
        dateFin: date_fin,
        codes: rangs.slice(0, 5).map((rang) => formatCode(deriveCode(key, Number(serie), rang))),
      }
    })
    const lines = carnets.flatMap(({ collectivite, carnet, codes }, i) => [
      ...(collectivite === carnets[i - 1]?.collectivite ? [] : ['', collectivite]),
      `  ${carnet}   ${codes.join('   ')}`,
    ])
    return {
      ok: carnets.length > 0,
      lines: carnets.length > 0 ? lines : ['Aucun carnet à jouer\u00a0: lancez npm run db:seed.'],
      json: carnets,
    }
  },
}
