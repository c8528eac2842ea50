import { type Comptage, inventaireRoutes } from '@pass/contracts/inventaires.ts'
import type { Route } from '@pass/contracts/route.ts'
import { whyNotCount } from '@pass/domain/inventaires.ts'
import { plural } from '@pass/domain/money.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '../../api.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { countPlages, PlagesField } from './plages-field.tsx'

type Props = {
  comptage: Comptage
  invalidates: readonly Pick<Route, 'method' | 'path'>[]
  onDone: (fact: string) => void
}

const factOf = ({ manquants, statut }: Comptage): string =>
  statut === 'juste'
    ? 'Compte juste. Merci : il n’y a rien d’autre à faire.'
    : `Compte enregistré. ${manquants > 0 ? `${plural(manquants, 'carnet manquant est bloqué', 'carnets manquants sont bloqués')}.` : 'La collectivité verra les carnets en plus.'}`

/** What is on the shelf: how many, which ones are missing, which ones were not expected. */
export const CountForm = ({ comptage, invalidates, onDone }: Props) => {
  const [comptes, setComptes] = useState<number | undefined>()
  const [manquants, setManquants] = useState<PlageSaisie[]>([])
  const [enTrop, setEnTrop] = useState<PlageSaisie[]>([])
  const count = useApiMutation(inventaireRoutes.countStock, { invalidates, onSuccess: (done) => onDone(factOf(done)) })
  const facts = { ...comptage, comptes: comptes ?? 0, manquants: countPlages(manquants) ?? 0, enTrop: countPlages(enTrop) ?? 0 }
  const refusal =
    comptes === undefined || Number.isNaN(comptes) ? 'Indiquez d’abord le nombre de carnets comptés.' : whyNotCount(facts)?.message
  const differs = comptes !== undefined && comptes !== comptage.attendus
  return (
    <div className="pile">
      <p>{`Vos livres donnent ${plural(comptage.attendus, 'carnet')} en stock. Comptez ceux que vous avez en main, ni remis, ni bloqués, ni en route.`}</p>
      <NumberField label="Carnets comptés" suffixe="carnets" value={comptes} onChange={setComptes} />
      {(differs || manquants.length > 0 || enTrop.length > 0) && (
        <>
          <PlagesField legende="Carnets qui manquent" value={manquants} onChange={setManquants} vide="Aucun carnet manquant noté." />
          <PlagesField legende="Carnets en plus" value={enTrop} onChange={setEnTrop} vide="Aucun carnet en plus noté." />
        </>
      )}
      <div>
        <ConfirmDialog
          label="Enregistrer le compte"
          variant="principal"
          icon={ClipboardCheck}
          disabledReason={refusal}
          titre="Enregistrer ce compte ?"
          action="Enregistrer le compte"
          onConfirm={() => count.mutateAsync({ params: { comptageId: comptage.id }, body: { comptes: comptes ?? 0, manquants, enTrop } })}
        >
          <p>
            {facts.manquants > 0
              ? `${plural(facts.manquants, 'carnet manquant sera bloqué', 'carnets manquants seront bloqués')} tout de suite. Un compte ne se refait pas.`
              : `${plural(facts.comptes, 'carnet compté', 'carnets comptés')}. Un compte ne se refait pas.`}
          </p>
        </ConfirmDialog>
      </div>
    </div>
  )
}
