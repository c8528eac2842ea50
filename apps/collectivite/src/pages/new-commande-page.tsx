import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { fraisRoutes } from '@pass/contracts/frais.ts'
import { CONVENTION_LABELS } from '@pass/domain/conventions.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { apiQuery, queryClient, useApiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { type LoaderFunctionArgs, useNavigate, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import { COMMANDE_READS } from '../widgets/commande-refresh.ts'
import { OrderSummary, orderReason } from '../widgets/order-summary.tsx'
import { QuantityFields } from '../widgets/quantity-fields.tsx'
import { ReferenceFields } from '../widgets/reference-fields.tsx'

const all = apiQuery(conventionRoutes.listConventions, { query: { taille: 100 } })
const settings = apiQuery(factureRoutes.getFacturation, {})
const one = (conventionId: string) => apiQuery(conventionRoutes.getConvention, { params: { conventionId } })

type Item = { id: string; statut: string }
const firstOf = (items: readonly Item[], asked: string | null): string =>
  (items.find(({ id }) => id === asked) ?? items.find(({ statut }) => statut === 'active') ?? items[0])?.id ?? ''

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { items } = await queryClient.ensureQueryData(all)
  const first = firstOf(items, new URL(request.url).searchParams.get('conventionId'))
  if (first) await queryClient.ensureQueryData(one(first))
  return warm({ conventions: all, facturation: settings, frais: apiQuery(fraisRoutes.listFrais, {}) })
}

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.commandes(), label: 'Commandes' },
]
const TITRE = 'Commander des carnets'

const useOrderForm = (conventionId: string) => {
  const navigate = useNavigate()
  const { facturation } = useWarmed<typeof loader>()
  const { numeroMarche, codeService, siret } = facturation
  return useContractForm(commandeRoutes.createCommande, {
    defaultValues: {
      conventionId,
      numeroEngagement: '',
      numeroMarche: numeroMarche ?? '',
      codeService: codeService ?? '',
      siretFacturation: siret ? formatSiret(siret) : '',
    },
    invalidates: COMMANDE_READS,
    onSuccess: ({ id }) => navigate(paths.commande({ commandeId: id })),
  })
}

const Order = ({ items }: { items: readonly { id: string; nom: string; statut: keyof typeof CONVENTION_LABELS }[] }) => {
  const [search] = useSearchParams()
  const { facturation, frais } = useWarmed<typeof loader>()
  const tvaBp = frais.items.find(({ enVigueur }) => enVigueur)?.tvaBp ?? 0
  const whyNot = useWhyNot()
  const form = useOrderForm(firstOf(items, search.get('conventionId')))
  const conventionId = String(form.watch('conventionId') ?? '')
  const { data: convention } = useApiQuery(conventionRoutes.getConvention, { params: { conventionId } }, { enabled: conventionId !== '' })
  const typed: unknown = form.watch('quantite')
  const quantite = typeof typed === 'number' && typed > 0 ? typed : 0
  const reason = whyNot('commande:create') ?? (convention ? orderReason({ convention, quantite }) : null)
  return (
    <Form form={form}>
      <SelectField
        label="Convention"
        options={items.map(({ id, nom, statut }) => ({
          value: id,
          label: statut === 'active' ? nom : `${nom} (${CONVENTION_LABELS[statut].toLowerCase()})`,
        }))}
        {...form.field('conventionId')}
      />
      {convention && <QuantityFields convention={convention} quantite={form.value('quantite')} />}
      {convention && <OrderSummary convention={convention} quantite={quantite} tvaBp={tvaBp} />}
      <Fieldset legende="Facturation">
        <ReferenceFields facturation={facturation} field={form.field} />
      </Fieldset>
      <SubmitButton disabledReason={reason}>Demander le devis</SubmitButton>
    </Form>
  )
}

export const Component = () => {
  const { conventions } = useWarmed<typeof loader>()
  return (
    <Page titre={TITRE} fil={FIL} etroit intro="L’opérateur établit le devis. Rien n’est engagé avant votre signature.">
      {conventions.items.length === 0 ? (
        <div className="carte">
          <EmptyState titre="Aucune convention" action={<LinkButton to={paths.preparer()}>Préparer une convention</LinkButton>}>
            Une commande se fait sur une convention ouverte.
          </EmptyState>
        </div>
      ) : (
        <Order items={conventions.items} />
      )}
    </Page>
  )
}
