import { mountApp } from '@pass/web/app.tsx'
import {
  Archive,
  BookOpenText,
  CalendarClock,
  ChartColumn,
  HandCoins,
  Handshake,
  House,
  MapPin,
  Package,
  ReceiptEuro,
  Tickets,
  Warehouse,
} from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'

mountApp({
  role: 'collectivite',
  titre: 'Collectivité',
  menu: [
    { to: paths.accueil(), label: 'Accueil', icon: House, end: true },
    { to: paths.conventions(), label: 'Conventions', icon: Handshake, droit: 'convention:read' },
    { to: paths.commandes(), label: 'Commandes', icon: Package, droit: 'commande:read' },
    { to: paths.stock(), label: 'Stock et attributions', court: 'Stock', icon: Warehouse, droit: 'carnet:read' },
    { to: paths.factures(), label: 'Factures', icon: ReceiptEuro, droit: 'facture:read' },
    { to: paths.financements(), label: 'Financement', icon: HandCoins, droit: 'financement:read' },
    { to: paths.carnets(), label: 'Carnets', icon: Tickets, droit: 'carnet:read' },
    { to: paths.echeances(), label: 'Échéances', icon: CalendarClock, droit: 'echeance:read' },
    { to: paths.lieux(), label: 'Lieux', icon: MapPin },
    { to: paths.tableau(), label: 'Tableau de bord', icon: ChartColumn, droit: 'pilotage:read' },
    { to: paths.grandLivre(), label: 'Grand livre', icon: BookOpenText, droit: 'compte:read' },
    { to: paths.archives(), label: 'Archive de continuité', court: 'Archive', icon: Archive, droit: 'archive:read' },
  ],
  routes,
})
