import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { ACCOUNT_LABELS } from '@pass/domain/comptes.ts'
import { apiQuery, queryClient, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { ComptesTable } from '@pass/web/modules/comptes/comptes-table.tsx'
import { EcrituresTable } from '@pass/web/modules/comptes/ecritures-table.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, redirect, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'

const all = apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } })
const balances = (conventionId: string) => apiQuery(compteRoutes.getGrandLivre, { params: { conventionId } })
const lines = (conventionId: string, request: Request) =>
  apiQuery(compteRoutes.listTransfers, { params: { conventionId }, query: queryFrom(compteRoutes.listTransfers, request) })

// A link from the dashboard may name no convention: the one in use is the likeliest.
const chooseConvention = async (url: URL): Promise<string | null> => {
  const { items } = await queryClient.ensureQueryData(all)
  const asked = url.searchParams.get('conventionId')
  if (items.some(({ id }) => id === asked)) return asked
  const first = items.find(({ statut }) => statut === 'active') ?? items[0]
  if (!first) return null
  throw redirect(paths.grandLivre({ conventionId: first.id, nature: url.searchParams.get('nature') ?? undefined }))
}

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const conventionId = await chooseConvention(new URL(request.url))
  if (conventionId) await warm({ soldes: balances(conventionId), ecritures: lines(conventionId, request) })
  return warm({ conventions: all })
}

const FIL = [{ to: paths.accueil(), label: 'Accueil' }]

const Ledger = ({ conventionId }: { conventionId: string }) => {
  const { data: grandLivre } = useSuspenseQuery(balances(conventionId))
  const { data: page } = useSuspenseQuery(lines(conventionId, new Request(globalThis.location.href)))
  return (
    <>
      <h2>Soldes</h2>
      <ComptesTable grandLivre={grandLivre} to={(nature) => paths.grandLivre({ conventionId, nature })} />
      <h2 id="ecritures">Écritures</h2>
      <EcrituresTable
        page={page}
        empty={<EmptyState titre="Aucune écriture">Chaque mouvement d’argent s’ajoute ici, et ne change plus.</EmptyState>}
      />
    </>
  )
}

const Choice = ({ conventions }: { conventions: readonly { id: string; nom: string }[] }) => (
  <div className="tableau">
    <Filters>
      <FilterSelect
        name="conventionId"
        label="Convention"
        vide={null}
        options={conventions.map(({ id, nom }) => ({ value: id, label: nom }))}
      />
      <FilterSelect name="nature" label="Écritures du compte" options={optionsOf(ACCOUNT_LABELS)} />
    </Filters>
  </div>
)

export const Component = () => {
  const { conventions } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const conventionId = search.get('conventionId')
  return (
    <Page titre="Grand livre" fil={FIL} intro="Toutes les sommes d’une convention, au centime. Chaque solde ouvre ses écritures.">
      {conventionId === null ? (
        <div className="carte">
          <EmptyState titre="Aucune convention" action={<LinkButton to={paths.preparer()}>Préparer une convention</LinkButton>}>
            Le grand livre s’ouvre avec la première convention.
          </EmptyState>
        </div>
      ) : (
        <>
          <Choice conventions={conventions.items} />
          <Ledger conventionId={conventionId} />
        </>
      )}
    </Page>
  )
}
