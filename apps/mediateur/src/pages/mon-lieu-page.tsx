import type { MonLieu } from '@pass/contracts/lieux.ts'
import { formatDay, formatDuration } from '@pass/domain/days.ts'
import { STRUCTURE_LABELS, type StructureStatut, THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { Badge, statutBadge } from '@pass/web/ui/badge.tsx'
import { Card, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Link } from 'react-router'
import { listMesLieux } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = () => warm({ mes: apiQuery(listMesLieux, {}) })

const LabelBadge = statutBadge<StructureStatut>(STRUCTURE_LABELS, {
  brouillon: 'neutre',
  soumis: 'attente',
  complement_demande: 'attente',
  eligible: 'info',
  refuse: 'refus',
  charte_signee: 'info',
  labellise: 'bien',
  suspendu: 'refus',
  retire: 'refus',
  caduc: 'refus',
})

const Lieu = ({ lieu }: { lieu: MonLieu }) => (
  <Card titre={lieu.nom} actions={lieu.publie ? <Badge tone="bien">Visible du public</Badge> : <Badge tone="neutre">Non publié</Badge>}>
    <p className="doux">{lieu.commune}</p>
    <h3>Services</h3>
    {lieu.services.length === 0 ? (
      <p className="doux">Aucun service au catalogue&nbsp;: aucun atelier ne peut être créé ici.</p>
    ) : (
      <DefinitionList
        items={lieu.services.map(({ theme, dureeMinutes, prixPass }) => ({
          terme: THEME_LABELS[theme],
          valeur: `${formatDuration(dureeMinutes)}, ${pluralPass(prixPass)}`,
        }))}
      />
    )}
    <p>
      <Link to={paths.catalogue({ lieuId: lieu.id })}>Voir le catalogue de services</Link>
    </p>
    {lieu.publie && (
      <p>
        <a href={`/lieux/${lieu.id}`}>Voir la fiche que lit le public</a>
      </p>
    )}
  </Card>
)

export const Component = () => {
  const { mes } = useWarmed<typeof loader>()
  const { items, label } = mes
  return (
    <Page titre="Mon lieu" fil={[{ to: paths.journee(), label: 'Ma journée' }]} intro={plural(items.length, 'lieu', 'lieux')}>
      <Card titre="Label de la structure" actions={label ? <LabelBadge statut={label.statut as StructureStatut} /> : null}>
        {label ? (
          <p>{label.dateFin ? `Valable jusqu’au ${formatDay(label.dateFin)}.` : 'Sans date de fin.'}</p>
        ) : (
          <Notice tone="attente">Votre structure n’a pas de dossier de label. Sans label, aucun pass ne peut être utilisé.</Notice>
        )}
      </Card>
      <Stack>
        {items.length === 0 ? (
          <div className="carte">
            <EmptyState titre="Aucun lieu">Le lieu de votre structure paraîtra ici quand il sera enregistré.</EmptyState>
          </div>
        ) : (
          items.map((lieu) => <Lieu key={lieu.id} lieu={lieu} />)
        )}
      </Stack>
    </Page>
  )
}
