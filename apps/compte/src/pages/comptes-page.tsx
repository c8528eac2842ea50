import { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Output } from '@pass/contracts/route.ts'
import { call } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { FIL } from '../paths.ts'
import { CompteActs } from '../widgets/compte-acts.tsx'
import { WithDone } from '../widgets/done.tsx'

const { searchUtilisateur } = organisationRoutes
type Found = { courriel: string; items: Output<typeof searchUtilisateur>['items'] }

const SearchForm = ({ onFound }: { onFound: (found: Found) => void }) => {
  const form = useContractForm(searchUtilisateur, {
    defaultValues: { courriel: '' },
    onSuccess: ({ items }, { body }) => onFound({ courriel: body.courriel, items }),
  })
  return (
    <Form form={form} label="Trouver un compte">
      <TextField
        label="Adresse électronique exacte"
        aide="Chaque recherche est notée au journal."
        type="email"
        {...form.field('courriel')}
      />
      <SubmitButton icon={Search}>Chercher le compte</SubmitButton>
    </Form>
  )
}

const Results = ({ found, onActed }: { found: Found; onActed: () => Promise<void> }) =>
  found.items.length === 0 ? (
    <div className="carte" role="status">
      <EmptyState titre="Aucun compte à cette adresse">{`Vérifiez-la : ${found.courriel}. Elle doit être exacte.`}</EmptyState>
    </div>
  ) : (
    <ul className="pile" aria-label="Comptes trouvés">
      {found.items.map((compte) => (
        <li key={compte.utilisateurId} className="carte">
          <div className="ligne-simple">
            <div>
              <p>
                <strong className="fort">{compte.nom}</strong>{' '}
                {compte.desactive ? <Badge tone="refus">Désactivé</Badge> : <Badge tone="bien">Actif</Badge>}
              </p>
              <p className="petit doux">{compte.organisations.length > 0 ? compte.organisations.join(', ') : 'Aucun accès en cours'}</p>
            </div>
            <CompteActs compte={compte} onActed={onActed} />
          </div>
        </li>
      ))}
    </ul>
  )

export const Component = () => {
  const [found, setFound] = useState<Found | null>(null)
  const again = async () => {
    if (found) setFound({ ...found, ...(await call(searchUtilisateur, { body: { courriel: found.courriel } })) })
  }
  return (
    <Page
      titre="Désactiver un compte"
      fil={FIL}
      etroit
      intro="Un ordinateur volé, un départ brusque : la personne n’entre plus nulle part, et ses sessions se ferment à leur prochaine action."
    >
      <WithDone>
        <Card titre="Trouver le compte">
          <SearchForm onFound={setFound} />
        </Card>
        {found && <Results found={found} onActed={again} />}
      </WithDone>
    </Page>
  )
}
