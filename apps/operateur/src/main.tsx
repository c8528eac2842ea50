import { mountApp } from '@pass/web/app.tsx'
import {
  BellRing,
  BookOpenText,
  CalendarCheck2,
  ClockAlert,
  FileText,
  Handshake,
  House,
  MapPin,
  Package,
  ReceiptEuro,
  Tickets,
} from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'

mountApp({
  role: 'operateur',
  titre: 'Opérateur',
  menu: [
    { to: paths.accueil(), label: 'Accueil', icon: House, end: true },
    { to: paths.commandes(), label: 'Commandes', icon: Package, droit: 'commande:read' },
    { to: paths.bordereaux(), label: 'Bordereaux', icon: ReceiptEuro, droit: 'bordereau:read' },
    { to: paths.carnets(), label: 'Carnets', icon: Tickets, droit: 'carnet:read' },
    { to: paths.factures(), label: 'Factures', icon: FileText, droit: 'facture:read' },
    { to: paths.remboursements(), label: 'Arrêter un mois', icon: CalendarCheck2, droit: 'bordereau:close' },
    { to: paths.conventions(), label: 'Conventions', icon: Handshake, droit: 'convention:read' },
    { to: paths.grandsLivres(), label: 'Grand livre', icon: BookOpenText, droit: 'compte:read' },
    { to: paths.lieux(), label: 'Lieux', icon: MapPin, droit: 'lieu:read' },
    { to: paths.alertes(), label: 'Alertes', icon: BellRing, droit: 'alerte:read' },
    { to: paths.aExaminer(), label: 'À examiner', icon: ClockAlert, droit: 'alerte:decide' },
  ],
  routes,
})
