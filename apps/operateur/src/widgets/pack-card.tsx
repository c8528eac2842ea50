import type { Commande } from '@pass/contracts/commandes.ts'
import { type Colis, productionRoutes } from '@pass/contracts/production.ts'
import { PAR_CARTON, PAR_PAQUET } from '@pass/domain/colis.ts'
import { whyNotPack } from '@pass/domain/lots.ts'
import { plural } from '@pass/domain/money.ts'
import { fileUrl } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { Package } from 'lucide-react'
import { useRoleReason } from './role-reason.ts'

const Cartons = ({ commandeId, colis }: { commandeId: string; colis: readonly Colis[] }) => (
  <>
    <p role="status">
      {plural(colis.length, 'carton préparé', 'cartons préparés')},{' '}
      {plural(
        colis.reduce((sum, { paquets }) => sum + paquets, 0),
        'paquet',
      )}
      .
    </p>
    <p>
      <FileLink href={fileUrl(productionRoutes.drawLabels, { params: { commandeId } })} nom="Étiquettes à coller" type="PDF" />
    </p>
    <details>
      <summary>Voir les cartons</summary>
      <ul className="pile petit">
        {colis.map(({ id, rang, etiquette, seriePremiere, serieDerniere, carnets }) => (
          <li key={id}>
            <strong>Carton {rang}</strong>, {plural(carnets, 'carnet')}&nbsp;: <Plage premiere={seriePremiere} derniere={serieDerniere} />
            <br />
            Étiquette <span className="code">{etiquette}</span>
          </li>
        ))}
      </ul>
    </details>
  </>
)

/** Cartons and bundles of the lot, and the labels that let a delivery be received by a few scans. */
export const PackCard = ({ commande }: { commande: Commande }) => {
  const reasonOf = useRoleReason()
  const production = useProduction(commande.id)
  const form = useContractForm(productionRoutes.packLot, {
    params: { commandeId: commande.id },
    defaultValues: { parCarton: Math.min(PAR_CARTON, commande.quantite), parPaquet: Math.min(PAR_PAQUET, commande.quantite) },
    invalidates: [productionRoutes.getProduction],
  })
  const [parCarton, parPaquet] = [Number(form.watch('parCarton')), Number(form.watch('parPaquet'))]
  const refusal = whyNotPack(commande, { parCarton, parPaquet })
  const colis = production?.colis ?? []
  return (
    <Card titre="Préparer les cartons">
      {colis.length > 0 && <Cartons commandeId={commande.id} colis={colis} />}
      <Form form={form} label="Préparer les cartons">
        <NumberField label="Carnets par carton" suffixe="carnets" {...form.value('parCarton')} />
        <NumberField
          label="Carnets par paquet"
          aide="Le dernier carton et le dernier paquet peuvent en compter moins."
          suffixe="carnets"
          {...form.value('parPaquet')}
        />
        <SubmitButton variant="second" icon={Package} disabledReason={reasonOf('commande:produce') ?? refusal?.message}>
          {colis.length > 0 ? 'Refaire les cartons' : 'Préparer les cartons'}
        </SubmitButton>
      </Form>
    </Card>
  )
}
