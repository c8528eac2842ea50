import type { Atelier } from '@pass/contracts/ateliers.ts'
import { formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, paramsOf, queryClient, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useEffect } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useParams, useRevalidator } from 'react-router'
import { getAtelier, getMonDu } from '../calls.ts'
import { counterOf } from '../guichet/counter-of.ts'
import { KeptActs } from '../guichet/kept-acts.tsx'
import { isNetwork } from '../offline/acts.ts'
import { loadKept, noteOutcome } from '../offline/engine.ts'
import { guichet, useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'
import { CounterCard } from '../widgets/counter-card.tsx'
import { UsesCard } from '../widgets/uses-card.tsx'

const withNetwork = ({ params }: LoaderFunctionArgs) =>
  warm({ atelier: apiQuery(getAtelier, { params: paramsOf(getAtelier, params) }), du: apiQuery(getMonDu, {}) })

/** Null without network: the page then works from what the device kept. */
export const loader = async (args: LoaderFunctionArgs) => {
  await loadKept()
  if (!guichet().enLigne) return null
  try {
    return await withNetwork(args)
  } catch (error) {
    if (!isNetwork(error)) throw error
    noteOutcome(error)
    return null
  }
}

type Facts = Pick<Atelier, 'id' | 'theme' | 'date' | 'debut' | 'statut'> & { lieu: { id: string; nom: string; fuseau: string } }

/** The atelier as last known: the server's answer, or the packet. */
const useFacts = (): Facts | null => {
  const { atelierId = '' } = useParams()
  const { paquet } = useGuichet()
  const query = apiQuery(getAtelier, { params: { atelierId } })
  const known = paquet?.ateliers.find(({ id }) => id === atelierId)
  return queryClient.getQueryData(query.queryKey) ?? (known ? { ...known, statut: 'ouvert' } : null)
}

const Uses = () => {
  const { atelier } = useWarmed<typeof withNetwork>()
  return <UsesCard atelier={atelier} />
}

const OnDevice = ({ atelierId }: { atelierId: string }) => {
  const actes = useGuichet().actes.filter((acte) => acte.atelierId === atelierId)
  if (actes.length === 0) return null
  return (
    <Card titre="Gardés sur cet appareil">
      <KeptActs actes={actes} />
    </Card>
  )
}

const FIL = [
  { to: paths.journee(), label: 'Ma journée' },
  { to: paths.guichet(), label: 'Guichet' },
]

/** True once the page has the server's answer; asked for again when the network comes back. */
const useOnline = (): boolean => {
  const answered = useLoaderData() !== null
  const { enLigne } = useGuichet()
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (enLigne && !answered) void revalidate()
  }, [enLigne, answered, revalidate])
  return answered
}

export const Component = () => {
  const facts = useFacts()
  const online = useOnline()
  if (!facts)
    return (
      <Page titre="Guichet" fil={FIL}>
        <div className="carte">
          <EmptyState
            titre="Cet atelier n’est pas sur l’appareil"
            action={<LinkButton to={paths.guichet()}>Choisir un autre atelier</LinkButton>}
          >
            Sans réseau, le guichet connaît les ateliers d’aujourd’hui et des deux jours qui suivent.
          </EmptyState>
        </div>
      </Page>
    )
  return (
    <Page titre={THEME_LABELS[facts.theme]} fil={FIL} intro={`${formatLongDay(facts.date)}, ${formatTime(facts.debut)}, ${facts.lieu.nom}`}>
      <Columns>
        {facts.statut === 'annule' ? (
          <Notice tone="refus" titre="Atelier annulé.">
            Aucun pass ne peut y être utilisé.
          </Notice>
        ) : (
          <CounterCard key={facts.id} atelier={counterOf(facts)} />
        )}
        <Stack>
          <OnDevice atelierId={facts.id} />
          {online ? <Uses /> : <Notice tone="neutre">Les pass déjà utilisés paraîtront ici quand le réseau sera revenu.</Notice>}
          {online && (
            <LinkButton variant="second" to={paths.atelier({ atelierId: facts.id })}>
              Voir l’atelier et les présences
            </LinkButton>
          )}
        </Stack>
      </Columns>
    </Page>
  )
}
