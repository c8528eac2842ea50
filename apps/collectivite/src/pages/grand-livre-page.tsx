import { compteRoutes } from '@pass/contracts/comptes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { apiQuery, queryClient, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { GrandLivreView } from '@pass/web/modules/comptes/grand-livre-view.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, redirect, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'

const all = apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } })
const books = (conventionId: string, request: Request) => ({
  soldes: apiQuery(compteRoutes.getGrandLivre, { params: { conventionId }, query: queryFrom(compteRoutes.getGrandLivre, request) }),
  ecritures: apiQuery(compteRoutes.listTransfers, { params: { conventionId }, query: queryFrom(compteRoutes.listTransfers, request) }),
})

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
  if (conventionId) await warm(books(conventionId, request))
  return warm({ conventions: all })
}

const FIL = [{ to: paths.accueil(), label: 'Accueil' }]

type Convention = { id: string; nom: string }

const Ledger = ({ conventionId, conventions }: { conventionId: string; conventions: readonly Convention[] }) => {
  const { soldes, ecritures } = books(conventionId, new Request(globalThis.location.href))
  const { data: grandLivre } = useSuspenseQuery(soldes)
  const { data: page } = useSuspenseQuery(ecritures)
  return (
    <GrandLivreView
      conventionId={conventionId}
      grandLivre={grandLivre}
      ecritures={page}
      to={(filter) => paths.grandLivre({ conventionId, ...filter })}
      toLine={({ cle }) => paths.ecriture({ conventionId, cle })}
      choice={
        <FilterSelect
          name="conventionId"
          label="Convention"
          vide={null}
          options={conventions.map(({ id, nom }) => ({ value: id, label: nom }))}
        />
      }
    />
  )
}

const Actions = ({ conventionId }: { conventionId: string | null }) => (
  <ButtonRow>
    {conventionId !== null && (
      <LinkButton variant="second" to={paths.couvertureFonds({ conventionId })}>
        Couverture
      </LinkButton>
    )}
    <LinkButton variant="second" to={paths.moisComptables()}>
      Mois comptables
    </LinkButton>
    <LinkButton variant="second" to={paths.controles()}>
      Contrôles
    </LinkButton>
  </ButtonRow>
)

export const Component = () => {
  const { conventions } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const conventionId = search.get('conventionId')
  return (
    <Page
      titre="Grand livre"
      fil={FIL}
      intro="Toutes les sommes d’une convention, au centime. Chaque solde ouvre ses écritures, chaque écriture ce qui la compose."
      actions={<Actions conventionId={conventionId} />}
    >
      {conventionId === null ? (
        <div className="carte">
          <EmptyState titre="Aucune convention" action={<LinkButton to={paths.preparer()}>Préparer une convention</LinkButton>}>
            Le grand livre s’ouvre avec la première convention.
          </EmptyState>
        </div>
      ) : (
        <Ledger conventionId={conventionId} conventions={conventions.items} />
      )}
    </Page>
  )
}
