import { type Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { whyNotShip } from '@pass/domain/lots.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { useApiMutation, useFollowed } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { MaquettePreview } from '@pass/web/modules/commandes/maquette-preview.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { Factory, Truck } from 'lucide-react'
import { type ActProps, COMMANDE_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

/** Starts the production: from here the commande can no longer be cancelled, so it is confirmed. */
export const ProductionCard = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const carnets = plural(commande.quantite, 'carnet')
  const go = useApiMutation(commandeRoutes.produceCommande, {
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone({ titre: 'Production lancée.', suite: 'Suivez son avancement, puis imprimez et expédiez les carnets.' }),
  })
  return (
    <Card titre="Lancer la production">
      <p>La maquette est validée. La production donne à chaque carnet son numéro et ses codes.</p>
      {commande.maquetteTexte && <MaquettePreview {...commande} texte={commande.maquetteTexte} collectivite={commande.collectivite.nom} />}
      <ButtonRow>
        <ConfirmDialog
          label="Lancer la production"
          variant="principal"
          icon={Factory}
          disabledReason={reasonOf('commande:produce') ?? whyNotCommande('produce', commande)?.message}
          titre={`Produire ${carnets} pour ${commande.collectivite.nom} ?`}
          action={`Produire ${carnets}`}
          onConfirm={() => go.mutateAsync({ params: { commandeId: commande.id } })}
        >
          <p>Ensuite, la commande ne peut plus être annulée&nbsp;: seul un avoir rend l’argent.</p>
        </ConfirmDialog>
      </ButtonRow>
    </Card>
  )
}

const isProduced = ({ lot }: Commande): boolean => lot !== null && lot.produits >= lot.quantite
const isWriting = (commande: Commande): boolean => commande.statut === 'en_production' && !isProduced(commande)

/** The sheet read again as long as carnets are being written; the page shows what comes. */
const useProgress = (loaded: Commande) =>
  useFollowed(commandeRoutes.getCommande, { params: { commandeId: loaded.id } }, { loaded, isBusy: isWriting }).lot ?? loaded.lot

// Read aloud quarter by quarter: a number every two seconds would cover everything else.
const announced = (produits: number, quantite: number): string => {
  if (produits >= quantite) return 'Production terminée.'
  const quarter = Math.floor((produits * 4) / quantite) * 25
  return quarter === 0 ? 'Production en cours.' : `${quarter} % des carnets sont produits.`
}

/** How far the production is. */
export const ProgressCard = ({ commande }: { commande: Commande }) => {
  const lot = useProgress(commande)
  const { produits, quantite } = lot ?? { produits: 0, quantite: commande.quantite }
  return (
    <Card titre="Production">
      <progress max={quantite} value={produits} aria-label="Carnets produits" />
      <p>
        <strong>{formatNumber(produits)}</strong> sur {plural(quantite, 'carnet produit', 'carnets produits')}
      </p>
      <p className="hors-ecran" role="status">
        {announced(produits, quantite)}
      </p>
    </Card>
  )
}

/** The parcels leave: every carnet of the lot is on its way. */
export const ShipCard = (props: ActProps) => {
  const prepared = useProduction(props.commande.id)?.colis.length ?? 0
  return <ShipForm key={prepared} {...props} prepared={prepared} />
}

const ShipForm = ({ commande, onDone, prepared }: ActProps & { prepared: number }) => {
  const reasonOf = useRoleReason()
  const form = useContractForm(commandeRoutes.shipCommande, {
    params: { commandeId: commande.id },
    ...(prepared > 0 && { defaultValues: { colis: prepared } }),
    textes: { colis: 'Indiquez le nombre de cartons. Exemple : 2.' },
    invalidates: COMMANDE_READS,
    onSuccess: ({ collectivite }) => onDone({ titre: 'Carnets expédiés.', suite: `${collectivite.nom} confirmera leur réception.` }),
  })
  return (
    <Card titre="Expédier">
      <Form form={form} label="Expédier">
        {prepared > 0 ? (
          <p>{plural(prepared, 'carton préparé', 'cartons préparés')}.</p>
        ) : (
          <NumberField label="Nombre de cartons" suffixe="cartons" {...form.value('colis')} />
        )}
        <SubmitButton icon={Truck} disabledReason={reasonOf('commande:produce') ?? whyNotShip(commande)?.message}>
          {`Expédier ${plural(commande.quantite, 'carnet')}`}
        </SubmitButton>
      </Form>
    </Card>
  )
}
