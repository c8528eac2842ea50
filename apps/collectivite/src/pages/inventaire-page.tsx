import { type Comptage, type Inventaire, inventaireRoutes } from '@pass/contracts/inventaires.ts'
import { parisDay } from '@pass/domain/days.ts'
import { whyNotCloseInventaire } from '@pass/domain/inventaires.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { CountForm } from '@pass/web/modules/carnets/count-form.tsx'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { useCan } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { ComptageBadge, InventaireBadge } from '../widgets/inventaire-badges.tsx'
import { INVENTAIRE_READS } from '../widgets/inventaire-reads.ts'

const { getInventaire, closeInventaire, writeOff } = inventaireRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ inventaire: apiQuery(getInventaire, { params: paramsOf(getInventaire, params) }) })

const nameOf = ({ prescripteur }: Comptage): string => prescripteur?.nom ?? 'Votre réserve'

const Ranges = ({ plages }: { plages: Comptage['plagesManquantes'] }) => (
  <>
    {plages.map(({ premier, dernier }) => (
      <div key={premier}>
        <Plage premiere={premier} derniere={dernier} />
      </div>
    ))}
  </>
)

/** First of the two people: the missing carnets are to be cancelled. */
const WriteOff = ({ comptage, onDone }: { comptage: Comptage; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const ask = useApiMutation(writeOff, {
    invalidates: INVENTAIRE_READS,
    onSuccess: () => onDone('Annulation demandée. Une autre personne de votre équipe la confirme ou la refuse.'),
  })
  if (comptage.annulationDemandee) return <Link to={paths.annulations({ statut: 'demandee' })}>Annulation à confirmer</Link>
  if (comptage.manquants === 0) return '–'
  if (comptage.bloques === 0) return comptage.annules > 0 ? plural(comptage.annules, 'carnet annulé', 'carnets annulés') : 'Retrouvés'
  return (
    <ConfirmDialog
      label="Demander l’annulation"
      variant="lien"
      danger
      disabledReason={whyNot('carnet:cancel')}
      titre={`Annuler ${plural(comptage.bloques, 'carnet manquant', 'carnets manquants')} ?`}
      action="Demander l’annulation"
      onConfirm={() => ask.mutateAsync({ params: { comptageId: comptage.id } })}
    >
      <p>
        {`${nameOf(comptage)} n’a pas retrouvé ces carnets. Ils restent bloqués jusqu’à la décision d’une autre personne de votre équipe.`}
      </p>
      <Ranges plages={comptage.plagesManquantes} />
    </ConfirmDialog>
  )
}

const columns = (onDone: (fact: string) => void): Column<Comptage>[] => [
  { cle: 'point', titre: 'Point de stock', cell: nameOf },
  { cle: 'statut', titre: 'Compte', cell: (row) => <ComptageBadge statut={row.statut} /> },
  { cle: 'attendus', titre: 'Attendus', cell: (row) => formatNumber(row.attendus), align: 'droite' },
  { cle: 'comptes', titre: 'Comptés', cell: (row) => (row.comptes === null ? '–' : formatNumber(row.comptes)), align: 'droite' },
  { cle: 'manquants', titre: 'Manquants', cell: (row) => (row.manquants === 0 ? '0' : <Ranges plages={row.plagesManquantes} />) },
  { cle: 'en_trop', titre: 'En plus', cell: (row) => (row.enTrop === 0 ? '0' : <Ranges plages={row.plagesEnTrop} />) },
  { cle: 'date', titre: 'Compté le', cell: (row) => <Jour date={row.compteAt && parisDay(new Date(row.compteAt))} /> },
  { cle: 'suite', titre: 'Suite', cell: (row) => <WriteOff comptage={row} onDone={onDone} /> },
]

const Close = ({ inventaire, onDone }: { inventaire: Inventaire; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const close = useApiMutation(closeInventaire, {
    invalidates: INVENTAIRE_READS,
    onSuccess: () => onDone('Inventaire clos. Les manquants restent bloqués tant que deux personnes ne les ont pas annulés.'),
  })
  const left = inventaire.points - inventaire.faits
  return (
    <ConfirmDialog
      label="Clore l’inventaire"
      disabledReason={whyNot('inventaire:manage', whyNotCloseInventaire(inventaire))}
      titre="Clore l’inventaire ?"
      action="Clore l’inventaire"
      onConfirm={() => close.mutateAsync({ params: { inventaireId: inventaire.id } })}
    >
      <p>
        {left === 0
          ? 'Tous les points ont compté.'
          : `${plural(left, 'point n’a', 'points n’ont')} pas compté : ${left > 1 ? 'ils seront notés' : 'il sera noté'} « Pas compté ».`}
      </p>
    </ConfirmDialog>
  )
}

export const Component = () => {
  const { inventaire } = useWarmed<typeof loader>()
  const can = useCan()
  const [done, setDone] = useState<string | null>(null)
  const reserve = inventaire.comptages.find(({ prescripteur, statut }) => prescripteur === null && statut === 'a_faire')
  return (
    <Page
      titre={`Inventaire du ${new Date(inventaire.ouvertAt).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' })}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.inventaires(), label: 'Inventaires' },
      ]}
      badge={<InventaireBadge statut={inventaire.statut} />}
      actions={inventaire.statut === 'ouvert' && <Close inventaire={inventaire} onDone={setDone} />}
      fait={done}
    >
      <KeyFigures
        items={[
          { titre: 'Points comptés', valeur: `${formatNumber(inventaire.faits)} sur ${formatNumber(inventaire.points)}` },
          { titre: 'Carnets manquants', valeur: formatNumber(inventaire.manquants), detail: 'bloqués dès le compte' },
          { titre: 'À compter avant le', valeur: <Jour date={inventaire.echeance} /> },
        ]}
      />
      {reserve && can('comptage:make') && (
        <Card titre="Compter votre réserve">
          <CountForm comptage={reserve} invalidates={INVENTAIRE_READS} onDone={setDone} />
        </Card>
      )}
      <DataTable
        caption={plural(inventaire.points, 'point de stock', 'points de stock')}
        rows={inventaire.comptages}
        rowKey={(row) => row.id}
        columns={columns(setDone)}
        empty="Aucun point de stock."
      />
    </Page>
  )
}
