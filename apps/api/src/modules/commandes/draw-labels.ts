import type { FileAnswer } from '@pass/contracts/route.ts'
import { cut } from '@pass/domain/colis.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { streamPdf } from '../../platform/pdf/document.ts'
import { reach } from '../../platform/reach.ts'
import { drawLabels as draw, type LabelsToPrint } from './labels.pdf.ts'
import { getCommande } from './queries.ts'

type Row = { rang: number; seriePremiere: bigint; serieDerniere: bigint; parPaquet: number }

/** A carton, then its bundles when there is more than one. */
const labelsOf = ({ rang, seriePremiere, serieDerniere, parPaquet }: Row): LabelsToPrint['etiquettes'] => {
  const carton = { premiere: Number(seriePremiere), derniere: Number(serieDerniere) }
  const bundles = cut(carton, parPaquet)
  return [
    { nature: 'carton', rang: String(rang), ...carton },
    ...(bundles.length < 2 ? [] : bundles.map((plage, i) => ({ nature: 'paquet' as const, rang: `${rang}.${i + 1}`, ...plage }))),
  ]
}

/** The labels of the cartons of a commande and of their bundles. */
export const drawLabels = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<FileAnswer> => {
  const { reference, collectivite } = await getCommande(ctx, { commandeId })
  const rows = await ctx.db.colis.findMany({ where: { commandeId, ...reach(ctx, 'colis') }, orderBy: { rang: 'asc' } })
  if (rows.length === 0) enforce(refuse('commande_statut', 'Préparez d’abord les cartons de cette commande.'))
  const labels = { commande: reference, collectivite: collectivite.nom, etiquettes: rows.flatMap(labelsOf) }
  const info = { titre: `Étiquettes de la commande ${reference}`, now: ctx.now, print: true }
  const contenu = async () => {
    const pieces: Uint8Array[] = []
    await streamPdf((doc, room) => draw(doc, labels, room), { write: async (bytes) => void pieces.push(bytes) }, info)
    return new Uint8Array(Buffer.concat(pieces))
  }
  return { nom: `etiquettes-${reference}.pdf`, type: 'application/pdf', contenu }
}
