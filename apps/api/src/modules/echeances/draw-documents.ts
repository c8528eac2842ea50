import type { FileAnswer } from '@pass/contracts/route.ts'
import { echeancesOf } from '@pass/domain/echeances.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, dbDate } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { drawAvoir as paintAvoir } from './avoir.pdf.ts'
import { readComplement, retenuesOf } from './avoir-queries.ts'
import { drawAvoirRetenues as paintComplement } from './avoir-retenues.pdf.ts'
import { getEcheance, readAvoir, readSuivi } from './queries.ts'
import { drawReleve as paintReleve } from './releve.pdf.ts'

const partie = async (ctx: Ctx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

/** The joint statement as it stands: 404 before it is written. */
export const drawReleve = async (ctx: Ctx, { lotId }: { lotId: string }): Promise<FileAnswer> => {
  const lot = await readSuivi(ctx, lotId)
  const releve = found(lot.releve)
  const { convention } = await getEcheance(ctx, { lotId })
  const data = {
    ...releve,
    version: lot.releveVersion,
    commande: lot.commande,
    convention: convention.reference,
    de: lot.de,
    a: lot.a,
    dateFin: lot.dateFin,
    dernierJour: echeancesOf(lot.dateFin, lot.toleranceJours).dernier_jour,
    valeur: lot.valeur,
    operateur: await partie(ctx, lot.operateurId),
    collectivite: await partie(ctx, lot.collectiviteId),
    signatures: lot.accords.filter(({ etape }) => etape === 'releve'),
  }
  return {
    nom: `releve-${lot.commande}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(paintReleve, data, { titre: `Relevé commun, commande ${lot.commande}`, now: dbDate(releve.jour) }),
  }
}

/** The avoir of a closed lot: 404 when it has none. */
export const drawAvoirLot = async (ctx: Ctx, { lotId }: { lotId: string }): Promise<FileAnswer> => {
  const lot = await readSuivi(ctx, lotId)
  const row = found(await readAvoir(ctx, found(lot.echeanceId)))
  const { convention } = await getEcheance(ctx, { lotId })
  const data = {
    numero: row.numero,
    date: dayOf(row.dateEmission),
    commande: lot.commande,
    convention: convention.reference,
    dateFin: lot.dateFin,
    releve: found(lot.releve).jour,
    passExpires: row.passExpires,
    passAnnules: row.passAnnules,
    valeur: found(row.valeurFacialeCentimes),
    montantCentimes: Number(row.montantCentimes),
    parts: row.parts.map(({ nom, cleBp, montantCentimes }) => ({ nom, cleBp, montantCentimes: Number(montantCentimes) })),
    vendeur: { nom: row.vendeur, siret: row.vendeurSiret },
    acheteur: { nom: row.acheteur, siret: row.acheteurSiret },
  }
  return {
    nom: `avoir-${row.numero}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(paintAvoir, data, { titre: `Avoir ${row.numero}`, now: row.createdAt }),
  }
}

/** The complementary avoir of a convention: 404 when no such number is one. */
export const drawAvoirRetenues = async (ctx: Ctx, which: { conventionId: string; numero: string }): Promise<FileAnswer> => {
  const row = await readComplement(ctx, which)
  const retenues = await retenuesOf(ctx, row.id)
  const data = {
    numero: row.numero,
    date: dayOf(row.dateEmission),
    convention: row.convention,
    retenues: retenues.map(({ date, montant, ...line }) => ({ ...line, date: dayOf(date), montantCentimes: Number(montant) })),
    montantCentimes: Number(row.montantCentimes),
    parts: row.parts.map(({ nom, cleBp, montantCentimes }) => ({ nom, cleBp, montantCentimes: Number(montantCentimes) })),
    vendeur: { nom: row.vendeur, siret: row.vendeurSiret },
    acheteur: { nom: row.acheteur, siret: row.acheteurSiret },
  }
  return {
    nom: `avoir-${row.numero}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(paintComplement, data, { titre: `Avoir complémentaire ${row.numero}`, now: row.createdAt }),
  }
}
