import type { FileAnswer } from '@pass/contracts/route.ts'
import { repartirCarnets, whyNotRepartir } from '@pass/domain/repartition.ts'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { communesOfTerritoire } from '../referentiels/public.ts'

type Input = { carnets: number; partFixe: number; maille: 'epci' | 'commune' }
type Ligne = { code: string; nom: string; communes: number; population: number; carnets: number }

const WITHOUT_EPCI = { code: 'sans', nom: 'Communes sans intercommunalité' }

/** Always shared between communes: an EPCI is the sum of its own. */
export const simulateRepartition = async (ctx: Ctx, { carnets, partFixe, maille }: Input) => {
  const communes = await communesOfTerritoire(ctx)
  enforce(whyNotRepartir(communes, partFixe * 100))
  const parts = repartirCarnets(carnets, communes, partFixe * 100)
  const lignes = new Map<string, Ligne>()
  for (const [i, commune] of communes.entries()) {
    const epci = commune.epci === null ? WITHOUT_EPCI : { code: commune.epci, nom: commune.epciNom ?? commune.epci }
    const { code, nom } = maille === 'epci' ? epci : commune
    const ligne = lignes.get(code) ?? { code, nom, communes: 0, population: 0, carnets: 0 }
    lignes.set(code, {
      ...ligne,
      communes: ligne.communes + 1,
      population: ligne.population + commune.population,
      carnets: ligne.carnets + parts[i]!,
    })
  }
  return {
    carnets,
    partFixe,
    communes: communes.length,
    population: communes.reduce((sum, { population }) => sum + population, 0),
    lignes: [...lignes.values()].toSorted((x, y) => y.carnets - x.carnets || x.nom.localeCompare(y.nom, 'fr')),
  }
}

/** The same as a file for a spreadsheet. */
export const exportRepartition = async (ctx: Ctx, input: Input): Promise<FileAnswer> => {
  const { lignes } = await simulateRepartition(ctx, input)
  const rows = [
    ['Code', 'Territoire', 'Communes', 'Population', 'Carnets'],
    ...lignes.map((ligne) => [ligne.code, ligne.nom, ligne.communes, ligne.population, ligne.carnets]),
  ]
  const text = stringify(rows, { delimiter: ';', record_delimiter: 'windows', bom: true, escape_formulas: true })
  return { nom: `repartition-${input.carnets}-carnets.csv`, type: 'text/csv; charset=utf-8', contenu: Buffer.from(text) }
}
