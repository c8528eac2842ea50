import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { call, keyOf } from '@pass/web/api.ts'
import { listAteliers } from '../calls.ts'

const PAGE = 100

const readAll = async (du: string, au: string, signal: AbortSignal): Promise<AtelierSummary[]> => {
  const all: AtelierSummary[] = []
  let apres: string | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the former one ended
    const page = await call(listAteliers, { query: { du, au, taille: PAGE, ...(apres && { apres }) } }, { signal })
    all.push(...page.items)
    apres = page.suivant ?? undefined
  } while (apres)
  return all.toSorted((a, b) => `${a.date} ${a.debut}`.localeCompare(`${b.date} ${b.debut}`))
}

/** Every atelier between two days, both included: a calendar shows them all or it lies. */
export const rangeQuery = (du: string, au: string) => ({
  queryKey: [keyOf(listAteliers), { du, au, tout: true }],
  queryFn: ({ signal }: { signal: AbortSignal }) => readAll(du, au, signal),
})
