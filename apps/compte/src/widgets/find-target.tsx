import { consultationRoutes } from '@pass/contracts/consultations.ts'
import type { Output } from '@pass/contracts/route.ts'
import { ORGANISATION_TYPE_LABELS, ROLE_LABELS } from '@pass/domain/organisations.ts'
import { useApiQuery } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { appPath } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ErrorState } from '@pass/web/ui/error-state.tsx'
import { FilterSearch, Filters } from '@pass/web/ui/filters.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

const { openConsultation, searchCibles } = consultationRoutes
type Target = Output<typeof searchCibles>['items'][number]

const ReasonForm = ({ target, onClose }: { target: Target; onClose: () => void }) => {
  const form = useContractForm(openConsultation, {
    defaultValues: { adhesionId: target.adhesionId, motif: '' },
    onSuccess: ({ organisation }) => globalThis.location.assign(appPath(organisation.type)),
  })
  return (
    <Form form={form} label="Voir un écran">
      <p>{`${target.organisation.nom} lira votre nom, le motif et l’heure. Vous ne pourrez rien modifier.`}</p>
      <TextAreaField
        label="Motif"
        aide="Ce que la personne vous a demandé. Exemple : ne trouve plus son bordereau de février."
        rows={3}
        {...form.field('motif')}
      />
      <SubmitButton
        icon={Eye}
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        {`Voir l’écran de ${target.nom}`}
      </SubmitButton>
    </Form>
  )
}

const Found = ({ targets }: { targets: readonly Target[] }) => {
  const [chosen, setChosen] = useState<Target | null>(null)
  if (targets.length === 0) return <EmptyState titre="Personne ici">Tapez le nom de l’organisation, en entier ou en partie.</EmptyState>
  return (
    <>
      <ul className="cibles" aria-label="Personnes trouvées">
        {targets.map((target) => (
          <li key={target.adhesionId}>
            <span>
              <strong>{target.nom}</strong>
              <span className="petit doux sous">
                {`${ROLE_LABELS[target.role]}, ${target.organisation.nom} (${ORGANISATION_TYPE_LABELS[target.organisation.type].toLowerCase()})`}
              </span>
            </span>
            <Button variant="second" aria-haspopup="dialog" onClick={() => setChosen(target)}>
              Voir l’écran<span className="hors-ecran">{` de ${target.nom}`}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Dialog titre={`Voir l’écran de ${chosen?.nom ?? ''}`} open={chosen !== null} onClose={() => setChosen(null)} ferme>
        {chosen && <ReasonForm target={chosen} onClose={() => setChosen(null)} />}
      </Dialog>
    </>
  )
}

const MIN = 2

/** The person whose screen is to be seen, by their organisation; the words stay in the address. */
export const FindTarget = () => {
  const [search] = useSearchParams()
  const recherche = search.get('recherche')?.trim() ?? ''
  const { data, error, isFetching, refetch } = useApiQuery(searchCibles, { query: { recherche } }, { enabled: recherche.length >= MIN })
  return (
    <Card titre="Trouver la personne">
      <Filters>
        <FilterSearch name="recherche" label="Organisation de la personne" exemple="Le Chai, Creuse…" />
      </Filters>
      <div role="status">
        {recherche.length < MIN && <p className="petit doux">Tapez au moins 2 lettres, puis Entrée.</p>}
        {isFetching && <p className="petit doux">Recherche en cours.</p>}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data && <Found targets={data.items} />}
      </div>
    </Card>
  )
}
